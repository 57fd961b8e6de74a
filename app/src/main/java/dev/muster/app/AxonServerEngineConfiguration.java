package dev.muster.app;

import dev.muster.history.LogIndex;
import dev.muster.history.LogOrigin;
import dev.muster.history.LogSource;
import dev.muster.view.ViewProgress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.axonserver.connector.TargetContextResolver;
import org.axonframework.axonserver.connector.command.AxonServerCommandBus;
import org.axonframework.axonserver.connector.command.CommandLoadFactorProvider;
import org.axonframework.axonserver.connector.command.CommandPriorityCalculator;
import org.axonframework.axonserver.connector.command.CommandSerializer;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandBusSpanFactory;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.distributed.RoutingStrategy;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The log in Axon Server; the connector makes the event store and the buses. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "muster.engine", havingValue = "axonserver")
class AxonServerEngineConfiguration {

    @Bean
    LogOrigin logOrigin(LogSource source, AxonServerConfiguration server) {
        return new LogOrigin() {
            @Override
            public UUID identity() {
                // Axon Server tells a client of no identity; its context is the next best.
                return UUID.nameUUIDFromBytes(("axonserver/" + server.getContext()).getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public long head() {
                return source.head();
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
                    return events.findFirst()
                            .filter(event -> event.trackingToken().position().orElse(-1) == position);
                }
            }
        };
    }

    @Bean
    LogSource logSource(EventStore store, ObjectProvider<LogIndex> index, ObjectProvider<ViewProgress> progress) {
        return new AxonServerLog(store, index::getObject, progress::getObject);
    }

    /** Agents who wait for a next task hold a thread each; those for all other commands are left free. */
    @Bean
    @Primary
    AxonServerCommandBus axonServerCommandBus(
            AxonServerConnectionManager connections,
            AxonServerConfiguration server,
            @Qualifier("localSegment") CommandBus localSegment,
            @Qualifier("messageSerializer") Serializer messageSerializer,
            RoutingStrategy routing,
            CommandPriorityCalculator priorities,
            CommandLoadFactorProvider loadFactors,
            TargetContextResolver<? super CommandMessage<?>> contexts,
            CommandBusSpanFactory spans,
            MusterProperties properties) {
        var answers = new AxonServerAnswers(messageSerializer, server);
        var builder = new AxonServerCommandBus.Builder() {
            @Override
            protected CommandSerializer buildSerializer() {
                return answers;
            }
        };
        return builder.axonServerConnectionManager(connections)
                .configuration(server)
                .localSegment(localSegment)
                .serializer(messageSerializer)
                .routingStrategy(routing)
                .priorityCalculator(priorities)
                .loadFactorProvider(loadFactors)
                .targetContextResolver(contexts)
                .spanFactory(spans)
                .executorServiceBuilder((configuration, queue) -> {
                    var threads = configuration.getCommandThreads()
                            + properties.task().maxWaiting();
                    return new ThreadPoolExecutor(
                            threads, threads, 0, TimeUnit.SECONDS, queue, new AxonThreadFactory("muster-commands"));
                })
                .build();
    }
}
