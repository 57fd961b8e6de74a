package dev.muster.world;

import dev.muster.ahead.ReadAhead;
import dev.muster.history.HistoryEvent;
import dev.muster.history.LogReader;
import dev.muster.history.LogSource;
import dev.muster.history.Moment;
import dev.muster.message.InvalidField;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.queryhandling.QueryMessage;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries as of any position of the log. A question about one entity reads that entity's events alone; for all
 * others a {@link World} is made that stands there: out of the nearest one that is kept, or a checkpoint, by folding what
 * lies between. Worlds are kept as long as they have room, those longest unasked leaving first. Thread-safe; a thread
 * of its own it has only while it reads ahead.
 */
public final class Worlds {

    /** From how many events on a second thread is worth it. */
    private static final int LONG = 2_000;

    private final Domain domain;
    private final LogSource log;
    private final LogReader reader;
    private final Checkpoints checkpoints;
    private final long maxBytes;
    private final EntityScope scope;
    private final ReentrantLock making = new ReentrantLock();
    private final Map<Long, Kept> kept = new TreeMap<>();
    private long uses;

    private static final class Kept {

        final World world;
        final long bytes;
        long lastUse;

        Kept(World world, long bytes) {
            this.world = world;
            this.bytes = bytes;
        }
    }

    /**
     * @param checkpoints where Worlds are kept beyond the life of the process
     * @param maxBytes how much memory kept Worlds may take, as {@link Footprint} measures it; one is kept in any case
     */
    public Worlds(Domain domain, LogSource log, LogReader reader, Checkpoints checkpoints, long maxBytes) {
        this.domain = domain;
        this.log = log;
        this.reader = reader;
        this.checkpoints = checkpoints;
        this.maxBytes = maxBytes;
        this.scope = new EntityScope(domain, log);
    }

    /** The position that a moment stands for; see {@link LogSource#positionAsOf}. */
    public long positionAsOf(Instant moment) {
        return log.positionAsOf(moment);
    }

    /** The position of the last event of the log; -1 if there is none. */
    public long lastPosition() {
        return log.head() - 1;
    }

    /**
     * The position that a moment stands for.
     *
     * @throws dev.muster.message.InvalidField if it is past the end of the log
     */
    public long positionOf(Moment moment) {
        if (moment instanceof Moment.Time time) {
            return positionAsOf(time.time());
        }
        if (moment instanceof Moment.Position position && position.position() > lastPosition()) {
            throw new InvalidField("position", "must be at most " + lastPosition() + ", where the log ends");
        }
        return moment instanceof Moment.Position position ? position.position() : lastPosition();
    }

    /** Answers a query as of that position, which is in the log. */
    public @Nullable Object answer(QueryMessage<?, ?> query, long position) throws Exception {
        return Detached.call(() -> worldFor(query.getPayload(), position).answer(query));
    }

    private World worldFor(Object query, long position) {
        var there = keptAt(position);
        if (there.isPresent()) {
            return there.get();
        }
        return EntityScope.entityOf(query)
                .flatMap(entity -> ofEntity(entity, position))
                .orElseGet(() -> at(position));
    }

    /** A World that knows that entity and what its view depends on; none where that is too much or does not stand alone. */
    private Optional<World> ofEntity(String entity, long position) {
        return scope.events(entity, position).flatMap(events -> {
            var world = new World(domain, reader);
            try {
                events.forEach(world::fold);
            } catch (FoldException e) {
                return Optional.empty();
            }
            world.standsAt(position);
            return Optional.of(world);
        });
    }

    private Optional<World> keptAt(long position) {
        synchronized (kept) {
            var found = Optional.ofNullable(kept.get(position));
            found.ifPresent(one -> one.lastUse = ++uses);
            return found.map(one -> one.world);
        }
    }

    /** A World that stands at that position. It is shared, and must not be moved. */
    public World at(long position) {
        making.lock();
        try {
            var there = keptAt(position);
            if (there.isPresent()) {
                return there.get();
            }
            var world = start(position);
            try (var events = log.after(tokenAt(world.position()))) {
                fold(world, events, position);
            }
            world.standsAt(position);
            keep(world);
            return world;
        } finally {
            making.unlock();
        }
    }

    /** A World that stands just before that event, as one of its own; the parts of an event come one after the other. */
    World before(HistoryEvent event) {
        var world = at(event.position() - 1).fork();
        try (var events = log.after(tokenAt(event.position() - 1))) {
            events.takeWhile(next -> !next.getIdentifier().equals(event.id())).forEach(world::fold);
        }
        return world;
    }

    /** Has a World fold that event. */
    void fold(World world, HistoryEvent event) {
        try (var events = log.after(tokenAt(event.position() - 1))) {
            events.filter(next -> next.getIdentifier().equals(event.id()))
                    .findFirst()
                    .ifPresent(world::fold);
        }
    }

    /** A World that stands at that position and is the caller's own, to be moved. */
    public World own(long position) {
        return at(position).fork();
    }

    /** The nearest World that there is before that position, as one of its own. */
    private World start(long position) {
        var nearest = nearestKept(position);
        var from = nearest.map(World::position).orElse(-1L);
        return checkpoints
                .latest(from, position)
                .map(stores -> new World(domain, reader, stores.stores(), stores.position()))
                .or(() -> nearest.map(World::fork))
                .orElseGet(() -> new World(domain, reader));
    }

    private Optional<World> nearestKept(long position) {
        synchronized (kept) {
            return kept.values().stream()
                    .map(one -> one.world)
                    .filter(world -> world.position() <= position)
                    .max(Comparator.comparingLong(World::position));
        }
    }

    /** What is long enough is read and deserialized by a second thread. */
    private void fold(World world, Stream<? extends TrackedEventMessage<?>> events, long upTo) {
        if (upTo - world.position() < LONG) {
            fold(world, events.iterator(), upTo);
        } else {
            try (var ahead = ReadAhead.of(events.iterator(), upTo, world::handles)) {
                fold(world, ahead, upTo);
            }
        }
    }

    /** The parts of a split event share its position, so a World stands there only when it has folded them all. */
    private void fold(World world, Iterator<? extends TrackedEventMessage<?>> events, long upTo) {
        while (events.hasNext()) {
            var event = events.next();
            var next = event.trackingToken().position().orElse(-1);
            if (next > upTo) {
                return;
            }
            if (next > world.position() && checkpoints.isDueAt(world.position())) {
                checkpoints.keep(world.position(), world.stores().fork());
            }
            world.fold(event);
        }
    }

    private static @Nullable GlobalSequenceTrackingToken tokenAt(long position) {
        return position < 0 ? null : new GlobalSequenceTrackingToken(position);
    }

    private void keep(World world) {
        var bytes = Footprint.of(domain, world.stores());
        synchronized (kept) {
            var added = new Kept(world, bytes);
            added.lastUse = ++uses;
            kept.put(world.position(), added);
            var byAge = new ArrayList<>(kept.values());
            byAge.sort(Comparator.comparingLong(one -> one.lastUse));
            for (var oldest : byAge.subList(0, byAge.size() - 1)) {
                if (bytes() > maxBytes) {
                    kept.remove(oldest.world.position());
                }
            }
        }
    }

    /** How much memory the kept Worlds take, as it is measured. What they share counts for each. */
    public long bytes() {
        synchronized (kept) {
            return kept.values().stream().mapToLong(one -> one.bytes).sum();
        }
    }

    /** Where Worlds are kept. */
    public List<Long> positions() {
        synchronized (kept) {
            return List.copyOf(kept.keySet());
        }
    }
}
