package dev.muster.app;

import dev.muster.history.LogReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The log in Axon Server; the connector makes the event store and the buses. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "muster.engine", havingValue = "axonserver")
class AxonServerEngineConfiguration {

    /** How long the end of the log is waited for; a server that is slower than this looks as if it had ended. */
    private static final int END_MILLIS = 500;

    @Bean
    LogOrigin logOrigin(EventStore store, AxonServerConfiguration server) {
        var source = logSource(store);
        return new LogOrigin() {
            @Override
            public UUID identity() {
                // Axon Server tells a client of no identity; its context is the next best.
                return UUID.nameUUIDFromBytes(("axonserver/" + server.getContext()).getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public long head() {
                var head = store.createHeadToken();
                return head == null ? 0 : head.position().orElse(-1) + 1;
            }

            @Override
            public Optional<String> eventIdAt(long position) {
                return at(position).map(TrackedEventMessage::getIdentifier);
            }

            @Override
            public Instant lastTime() {
                return at(head() - 1).map(TrackedEventMessage::getTimestamp).orElse(Instant.EPOCH);
            }

            private Optional<? extends TrackedEventMessage<?>> at(long position) {
                if (position < 0 || position >= head()) {
                    return Optional.empty();
                }
                var before = position == 0 ? null : new GlobalSequenceTrackingToken(position - 1);
                try (var events = source.after(before)) {
                    return events.findFirst();
                }
            }
        };
    }

    @Bean
    LogReader.Source logSource(EventStore store) {
        return token -> untilTheEnd(store, token);
    }

    private static Stream<? extends TrackedEventMessage<?>> untilTheEnd(
            EventStore store, @Nullable TrackingToken token) {
        var stream = store.openStream(token);
        return Stream.<TrackedEventMessage<?>>generate(() -> next(stream))
                .takeWhile(event -> event != null)
                .onClose(stream::close);
    }

    private static @Nullable TrackedEventMessage<?> next(BlockingStream<TrackedEventMessage<?>> stream) {
        try {
            return stream.hasNextAvailable(END_MILLIS, TimeUnit.MILLISECONDS) ? stream.nextAvailable() : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
