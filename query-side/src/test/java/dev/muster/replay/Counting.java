package dev.muster.replay;

import dev.muster.history.LogSource;
import dev.muster.view.ViewDefinition;
import dev.muster.view.ViewStore;
import dev.muster.world.Domain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/** A domain that counts, of which one projection goes wrong while it is told to. */
public final class Counting {

    private Counting() {}

    public record Counted(String key, long by) {}

    public record Count(String key, long total) {
        public static final ViewDefinition<Count> DEFINITION = ViewDefinition.of("count", 1, Count.class, Count::key);
    }

    record Last(String key, long by) {
        public static final ViewDefinition<Last> DEFINITION = ViewDefinition.of("last", 1, Last.class, Last::key);
    }

    public static final class CountProjection {

        /** The event that is counted wrongly; none if null. */
        static volatile @Nullable Counted wrong;

        private final ViewStore<Count> counts;

        CountProjection(ViewStore<Count> counts) {
            this.counts = counts;
        }

        @EventHandler
        void on(Counted event) {
            var before = counts.get(event.key()).map(Count::total).orElse(0L);
            counts.put(new Count(event.key(), before + (event.equals(wrong) ? -1 : event.by())));
        }
    }

    static final class LastProjection {

        private final ViewStore<Last> lasts;

        LastProjection(ViewStore<Last> lasts) {
            this.lasts = lasts;
        }

        @EventHandler
        void on(Counted event) {
            lasts.put(new Last(event.key(), event.by()));
        }
    }

    public static Domain domain() {
        return Domain.builder()
                .view(Count.DEFINITION)
                .view(Last.DEFINITION)
                .projection(CountProjection.class)
                .projection(LastProjection.class)
                .build();
    }

    /** A log in a list, which grows. */
    public static final class Log implements StreamableMessageSource<TrackedEventMessage<?>>, LogSource {

        private final List<TrackedEventMessage<?>> events = new ArrayList<>();

        public synchronized void add(String key, long by) {
            events.add(new GenericTrackedDomainEventMessage<>(
                    new GlobalSequenceTrackingToken(events.size()),
                    new GenericDomainEventMessage<>(
                            "counter", "counter/" + key, events.size(), new Counted(key, by), Map.of())));
        }

        synchronized @Nullable TrackedEventMessage<?> at(long position) {
            return position < events.size() ? events.get((int) position) : null;
        }

        @Override
        public synchronized Stream<? extends TrackedEventMessage<?>> after(@Nullable TrackingToken token) {
            var from = token == null ? 0 : (int) token.position().orElseThrow() + 1;
            return List.copyOf(events.subList(from, events.size())).stream();
        }

        @Override
        public Stream<? extends TrackedEventMessage<?>> ofEntity(String entity) {
            throw new UnsupportedOperationException();
        }

        @Override
        public synchronized long head() {
            return events.size();
        }

        @Override
        public long positionAsOf(Instant moment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
            var next = new long[] {token == null ? 0 : token.position().orElseThrow() + 1};
            return new BlockingStream<>() {
                @Override
                public Optional<TrackedEventMessage<?>> peek() {
                    return Optional.ofNullable(at(next[0]));
                }

                @Override
                public boolean hasNextAvailable(int timeout, TimeUnit unit) {
                    return at(next[0]) != null;
                }

                @Override
                public TrackedEventMessage<?> nextAvailable() {
                    return at(next[0]++);
                }

                @Override
                public void close() {
                    // Holds nothing.
                }
            };
        }
    }
}
