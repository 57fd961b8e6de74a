package dev.muster.subscription;

import dev.muster.history.HistoryEvent;
import dev.muster.subscription.WindowEvent.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rules of delivery. Events of a piece of the log are handed out, each to one member, and of each entity one at a time and in
 * their order: while one is not done, the later ones of its entity are held back. One that is not acknowledged in time, or
 * that failed, is handed out again, to whoever asks; after so many tries it is to be parked, and then its entity goes on
 * without it. What was parked and is retried comes before all else of its entity that was not handed out yet.
 *
 * <p>It has no clock and no threads: time comes in. Its size is bounded by {@link DeliveryTerms#window}. Not thread-safe.
 */
final class DeliveryWindow {

    private final TreeMap<DeliveryId, WindowEvent> events = new TreeMap<>();

    /** What was parked before, and is to be delivered again. */
    private final TreeMap<DeliveryId, WindowEvent> again = new TreeMap<>();

    /** Which event of an entity keeps others back: it is in flight, or being parked. One at most. */
    private final Map<String, WindowEvent> held = new HashMap<>();

    /** Of those that were retried, which are done and not recorded as such. */
    private final TreeSet<String> settled = new TreeSet<>();

    private final List<Span> acknowledgedBefore;
    private final Set<String> passedOver;
    private DeliveryTerms terms;
    private long read;
    private boolean changed;

    /** @param progress from where it goes on */
    DeliveryWindow(SubscriptionProgress progress, DeliveryTerms terms) {
        this.terms = terms;
        this.read = progress.position();
        this.acknowledgedBefore = progress.acknowledged();
        this.passedOver = progress.passedOver();
    }

    /** From now on it has these terms; what is in flight keeps its time. */
    void become(DeliveryTerms terms) {
        this.terms = terms;
    }

    // ---- what comes in

    /** How many more events it takes. */
    int room() {
        return Math.max(0, terms.window() - events.size());
    }

    /** The position up to which the log was read into it. */
    long read() {
        return read;
    }

    /**
     * Takes the next events of the log.
     *
     * @param reached up to which the log was read for them
     */
    void add(List<HistoryEvent> next, long reached) {
        for (var each : next) {
            var event = new WindowEvent(each);
            if (passedOver.contains(event.id.toString())
                    || acknowledgedBefore.stream().anyMatch(span -> span.contains(event.id.position()))) {
                event.state = State.DONE;
            }
            events.put(event.id, event);
        }
        read = reached;
        forgetDone();
    }

    /** Takes an event that was parked, and is to be delivered again. */
    void retry(HistoryEvent parked) {
        var event = new WindowEvent(parked);
        again.putIfAbsent(event.id, event);
    }

    /** Whether it was told to deliver that again, and has not been acknowledged since. */
    boolean isRetried(DeliveryId id) {
        return again.containsKey(id) || settled.contains(id.toString());
    }

    // ---- what goes out

    /**
     * Hands out events.
     *
     * @param limit how many at most
     * @param within how long the member has; the subscription's own time if not said
     */
    List<WindowEvent> take(String member, int limit, Instant now, @Nullable Duration within) {
        expire(now);
        var taken = new ArrayList<WindowEvent>();
        var kept = new HashSet<>(held.keySet());
        take(again.values(), kept, taken, limit, now);
        take(events.values(), kept, taken, limit, now);
        for (var event : taken) {
            event.state = State.IN_FLIGHT;
            event.tries++;
            event.member = member;
            event.time = now.plus(within == null ? terms.acknowledgeWithin() : within);
            held.put(event.entity, event);
        }
        return taken;
    }

    private static void take(
            Collection<WindowEvent> from, Set<String> kept, List<WindowEvent> taken, int limit, Instant now) {
        for (var event : from) {
            if (taken.size() >= limit) {
                return;
            }
            // Whether it is handed out or waits for its time: what comes later of its entity is kept back.
            if (event.state != State.DONE && kept.add(event.entity) && !event.time.isAfter(now)) {
                taken.add(event);
            }
        }
    }

    /** How many events that member has and has not acknowledged. */
    int inFlight(String member) {
        return (int) held.values().stream()
                .filter(event -> event.state == State.IN_FLIGHT && event.member.equals(member))
                .count();
    }

    /** How many events are in flight by the member that has them. */
    Map<String, Integer> members() {
        var members = new TreeMap<String, Integer>();
        held.values().stream()
                .filter(event -> event.state == State.IN_FLIGHT)
                .forEach(event -> members.merge(event.member, 1, Integer::sum));
        return members;
    }

    // ---- what comes of it

    /**
     * An event is done, whoever says so: also one who was late, before another one had it in hand.
     *
     * @return whether it was looked after, and not done yet
     */
    boolean acknowledge(DeliveryId id) {
        var event = find(id);
        if (event.isEmpty() || event.get().state == State.PARKING) {
            return false;
        }
        done(event.get());
        return true;
    }

    /**
     * A member could not do it. Only the one that has it may say so: a late one says nothing about the try of another.
     *
     * @return whether it has it
     */
    boolean fail(DeliveryId id, String member, String error, Instant now) {
        var event = inFlight(id, member);
        event.ifPresent(failed -> failed(failed, error, now.plus(terms.backoffAfter(failed.tries))));
        return event.isPresent();
    }

    /** A member gives back what it has, as if it had not been delivered. */
    void giveBack(DeliveryId id, String member, Instant notBefore) {
        inFlight(id, member).ifPresent(event -> {
            event.tries--;
            waits(event, notBefore);
        });
    }

    private Optional<WindowEvent> inFlight(DeliveryId id, String member) {
        return find(id).filter(event -> event.state == State.IN_FLIGHT && event.member.equals(member));
    }

    private Optional<WindowEvent> find(DeliveryId id) {
        var retried = again.get(id);
        return Optional.ofNullable(retried == null ? events.get(id) : retried)
                .filter(event -> event.state != State.DONE);
    }

    private void expire(Instant now) {
        List.copyOf(held.values()).stream()
                .filter(event -> event.state == State.IN_FLIGHT && !event.time.isAfter(now))
                .forEach(event -> failed(event, event.member + " did not acknowledge it in time", now));
    }

    private void failed(WindowEvent event, String error, Instant notBefore) {
        event.error = error;
        if (event.tries >= terms.tries()) {
            event.state = State.PARKING;
        } else {
            waits(event, notBefore);
        }
    }

    private void waits(WindowEvent event, Instant notBefore) {
        event.state = State.WAITING;
        event.time = notBefore;
        held.remove(event.entity, event);
    }

    private void done(WindowEvent event) {
        event.state = State.DONE;
        held.remove(event.entity, event);
        if (again.remove(event.id, event)) {
            settled.add(event.id.toString());
        }
        changed = true;
        forgetDone();
    }

    private void forgetDone() {
        while (!events.isEmpty() && events.firstEntry().getValue().state == State.DONE) {
            events.pollFirstEntry();
        }
    }

    // ---- what is to be recorded

    /** What is to be parked, as of that time. */
    List<ParkedDelivery> toPark(Instant now) {
        expire(now);
        return held.values().stream()
                .filter(event -> event.state == State.PARKING)
                .map(WindowEvent::parked)
                .toList();
    }

    /** It is recorded that it is parked; its entity goes on. */
    void parked(DeliveryId id) {
        find(id).filter(event -> event.state == State.PARKING).ifPresent(event -> {
            event.state = State.DONE;
            held.remove(event.entity, event);
            again.remove(id, event);
            changed = true;
            forgetDone();
        });
    }

    /** How far it is, to be recorded: where it goes on after a restart. */
    record Progress(long position, List<Span> acknowledged, Set<String> settled) {}

    /** How far it is, if that is not what was told the last time. */
    Optional<Progress> progress() {
        if (!changed) {
            return Optional.empty();
        }
        changed = false;
        return Optional.of(now());
    }

    /** How far it is. */
    Progress now() {
        var position = events.isEmpty() ? read : events.firstKey().position() - 1;
        return new Progress(position, spans(), Set.copyOf(settled));
    }

    /** Whether nothing is in hand or being parked, and everything is recorded. */
    boolean isAtRest() {
        return held.isEmpty() && settled.isEmpty() && !changed;
    }

    /** What it told could not be recorded, and is to be told again. */
    void notRecorded() {
        changed = true;
    }

    void recorded(Progress progress) {
        settled.removeAll(progress.settled());
    }

    /** An event that was split counts once all its parts are done. */
    private List<Span> spans() {
        var spans = new ArrayList<Span>();
        Span open = null;
        for (var each = events.values().iterator(); each.hasNext(); ) {
            var first = each.next();
            var position = first.id.position();
            var isDone = first.state == State.DONE;
            while (Objects.equals(next(first.id).map(DeliveryId::position).orElse(-1L), position)) {
                first = each.next();
                isDone &= first.state == State.DONE;
            }
            if (isDone) {
                open = new Span(open == null ? position : open.from(), position);
            } else if (open != null) {
                spans.add(open);
                open = null;
            }
        }
        if (open != null) {
            spans.add(open);
        }
        return List.copyOf(spans);
    }

    private Optional<DeliveryId> next(DeliveryId id) {
        return Optional.ofNullable(events.higherKey(id));
    }
}
