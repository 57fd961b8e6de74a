package dev.muster.subscription;

import dev.muster.history.EventFilter;
import dev.muster.history.LogReader;
import dev.muster.message.Actor;
import dev.muster.message.Role;
import dev.muster.subscription.Acknowledgement.Failure;
import dev.muster.subscription.DeliveryWindow.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A subscription of which somebody fetches, or whose webhook is called: its window over the log, and who waits. Thread-safe. */
final class ActiveSubscription {

    /** How many events are read from the log at a time. */
    private static final int PAGE = 200;

    /**
     * How many times it is read at a time, whatever is found: where next to nothing fits, others are not to wait until the end of
     * the log is reached.
     */
    private static final int PAGES = 20;

    private final SubscriptionId id;
    private final LogReader log;
    private final DeliveryWindow window;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final String owner;
    private SubscriptionTerms terms;
    private EventFilter filter;
    private boolean atEnd;
    private volatile boolean closed;
    private Instant used = Instant.MAX;
    private @Nullable String paused;
    private @Nullable String pausedAsRecorded;

    /** A member that waits, until it is given something or has waited long enough. */
    private record Waiting(String member, int limit, boolean inAll, CompletableFuture<List<Delivered>> answer) {}

    ActiveSubscription(SubscriptionId id, LogReader log, SubscriptionProgress progress, DeliveryTerms bounds) {
        this.id = id;
        this.log = log;
        this.owner = progress.owner();
        this.terms = progress.terms();
        this.pausedAsRecorded = progress.paused();
        this.filter = filter(progress.terms());
        this.window = new DeliveryWindow(progress, bounds);
        progress.retried().forEach(this::retry);
        // At once, so that an acknowledgement of what was delivered before a restart finds what it means.
        for (int pages = 0; pages < PAGES && readMore(); pages++) {
            // On to the end of the log, or until the window is full.
        }
    }

    private static EventFilter filter(SubscriptionTerms terms) {
        var filter = terms.filter();
        return new EventFilter(
                filter.entity(), filter.types(), SubscriptionEvent.names(), filter.actor(), filter.correlationId());
    }

    SubscriptionId id() {
        return id;
    }

    synchronized Optional<Webhook> webhook() {
        return Optional.ofNullable(closed ? null : terms.webhook());
    }

    synchronized boolean mayBeReadBy(Actor actor) {
        return actor.has(Role.OPERATOR)
                || actor.name().equals(owner)
                || terms.consumers().contains(actor.name());
    }

    boolean isClosed() {
        return closed;
    }

    /** Nobody is given anything any more; who waits is told by {@link #close}. Waits for nobody. */
    void end() {
        closed = true;
    }

    /** What happened to it, by those who may. */
    synchronized void become(SubscriptionTerms changed, DeliveryTerms bounds) {
        terms = changed;
        filter = filter(changed);
        window.become(bounds);
        atEnd = false;
    }

    synchronized void retry(String delivery) {
        var parked = DeliveryId.parse("deliveryId", delivery);
        if (!window.isRetried(parked)) {
            log.at(parked.position(), parked.part()).ifPresent(window::retry);
        }
    }

    /** Who waits is given nothing, and nobody is given anything any more. */
    synchronized void close() {
        closed = true;
        waiting.forEach(each -> each.answer.complete(List.of()));
        waiting.clear();
    }

    /**
     * Closes it if nobody has used it since then, nothing is in hand, and all is recorded; whoever asks next opens it again.
     *
     * @return whether it was closed by this
     */
    synchronized boolean closeIfUnused(Instant since) {
        var isUnused = !closed
                && used.isBefore(since)
                && waiting.isEmpty()
                && terms.webhook() == null
                && window.isAtRest()
                && Objects.equals(paused, pausedAsRecorded);
        if (isUnused) {
            close();
        }
        return isUnused;
    }

    /** The log may have grown. */
    synchronized void wake() {
        atEnd = false;
    }

    synchronized boolean isWaitedFor() {
        return !waiting.isEmpty();
    }

    // ---- handing out

    /**
     * Hands out what there is; with nothing, the answer comes as soon as there is something.
     *
     * @param inAll whether the limit counts what the member has in hand already
     */
    synchronized CompletableFuture<List<Delivered>> ask(String member, int limit, boolean inAll, Instant now) {
        used = now;
        var asked = new Waiting(member, limit, inAll, new CompletableFuture<>());
        var found = closed ? List.<Delivered>of() : take(asked, now);
        if (closed || !found.isEmpty()) {
            asked.answer.complete(found);
        } else {
            waiting.add(asked);
        }
        return asked.answer;
    }

    /** Who asked waits no longer. */
    synchronized void giveUp(CompletableFuture<List<Delivered>> answer) {
        waiting.removeIf(each -> each.answer == answer);
        answer.complete(List.of());
    }

    /** Serves who waits, first come first. */
    synchronized void serve(Instant now) {
        for (var each = waiting.iterator(); each.hasNext(); ) {
            var next = each.next();
            var found = take(next, now);
            if (!found.isEmpty()) {
                each.remove();
                if (!next.answer.complete(found)) {
                    found.forEach(delivered -> window.giveBack(delivered.id(), next.member, now));
                }
            }
        }
    }

    private List<Delivered> take(Waiting asked, Instant now) {
        var limit = asked.inAll ? asked.limit - window.inFlight(asked.member) : asked.limit;
        return take(asked.member, limit, now, null);
    }

    /** Hands out what there is, at most so many, to be done within that time. */
    synchronized List<Delivered> take(String member, int limit, Instant now, @Nullable Duration within) {
        var taken = new ArrayList<WindowEvent>();
        for (int pages = 0; !closed && taken.size() < limit; pages++) {
            taken.addAll(window.take(member, limit - taken.size(), now, within));
            if (taken.size() >= limit || pages >= PAGES || !readMore()) {
                break;
            }
        }
        var delivered = new ArrayList<Delivered>(taken.size());
        for (var each : taken) {
            log.at(each.id.position(), each.id.part())
                    .ifPresent(event -> delivered.add(new Delivered(each.id, each.tries, event)));
        }
        return delivered;
    }

    private boolean readMore() {
        var room = Math.min(PAGE, window.room());
        if (atEnd || room == 0) {
            return false;
        }
        var slice = log.slice(filter, window.read(), room);
        atEnd = slice.reached() == window.read();
        window.add(slice.events(), slice.reached());
        return !atEnd;
    }

    // ---- what comes of it

    synchronized Acknowledgement settle(
            String member, List<DeliveryId> acknowledged, List<Failure> failed, Instant now) {
        if (closed) {
            throw DeliveryRefusals.closed(id);
        }
        used = now;
        var unknown = new ArrayList<String>();
        for (var each : acknowledged) {
            if (!window.acknowledge(each)) {
                unknown.add(each.toString());
            }
        }
        var done = acknowledged.size() - unknown.size();
        var failures = 0;
        for (var each : failed) {
            if (window.fail(each.id(), member, each.error(), now)) {
                failures++;
            } else {
                unknown.add(each.id().toString());
            }
        }
        return new Acknowledgement(done, failures, List.copyOf(unknown));
    }

    synchronized void giveBack(DeliveryId delivery, String member, Instant notBefore) {
        window.giveBack(delivery, member, notBefore);
    }

    // ---- recording

    synchronized void pause(@Nullable String why) {
        paused = why;
    }

    synchronized @Nullable String paused() {
        return paused;
    }

    synchronized List<ParkedDelivery> toPark(Instant now) {
        return window.toPark(now);
    }

    synchronized void parked(DeliveryId delivery) {
        window.parked(delivery);
    }

    /** What is to be recorded, and why nothing is delivered for now. */
    record Record(Progress progress, @Nullable String paused) {}

    synchronized Optional<Record> toRecord() {
        var progress = window.progress();
        return progress.isPresent() || !Objects.equals(paused, pausedAsRecorded)
                ? Optional.of(new Record(progress.orElseGet(window::now), paused))
                : Optional.empty();
    }

    synchronized void recorded(Record record) {
        window.recorded(record.progress());
        pausedAsRecorded = record.paused();
    }

    synchronized void notRecorded() {
        window.notRecorded();
    }

    synchronized DeliveryStatus status() {
        return new DeliveryStatus(window.now().position(), window.read(), window.members(), waiting.size(), paused);
    }
}
