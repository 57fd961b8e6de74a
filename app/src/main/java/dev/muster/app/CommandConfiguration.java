package dev.muster.app;

import dev.muster.agent.Agent;
import dev.muster.agent.Agents;
import dev.muster.agent.LoadedAgents;
import dev.muster.app.domain.DistinctAggregates;
import dev.muster.command.AggregateCommands;
import dev.muster.command.CommandClock;
import dev.muster.command.CommandGuard;
import dev.muster.command.EventMetadata;
import dev.muster.command.MonotonicClock;
import dev.muster.command.Undertaking;
import dev.muster.command.UnknownTargets;
import dev.muster.history.LogOrigin;
import dev.muster.history.LogSource;
import dev.muster.task.ClaimNextTaskHandler;
import dev.muster.task.CommandLeaseTerms;
import dev.muster.task.LeaseTerms;
import dev.muster.task.TaskIndex;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.commandhandling.gateway.ExponentialBackOffIntervalRetryScheduler;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The write side: what surrounds every command, and what the aggregates are handed. */
@Configuration(proxyBeanMethods = false)
class CommandConfiguration {

    @Bean
    static DistinctAggregates distinctAggregates() {
        return new DistinctAggregates();
    }

    @Bean
    Clock clock(LogOrigin log) {
        return new CommandClock(new MonotonicClock(Clock.systemUTC(), log.lastTime()));
    }

    @Bean
    LeaseTerms leaseTerms(MusterProperties properties) {
        return new CommandLeaseTerms(
                properties.task().lease(), properties.task().restLimit());
    }

    @Bean
    Agents agents(ObjectProvider<org.axonframework.config.Configuration> axon) {
        return new LoadedAgents(() -> axon.getObject().repository(Agent.class));
    }

    /** Commands change nothing in the database of the views, so they need no transaction of it. */
    @Bean
    @Qualifier("localSegment")
    SimpleCommandBus commandBus(org.axonframework.config.Configuration axon, CorrelationDataProvider undertaking) {
        var bus = SimpleCommandBus.builder()
                .transactionManager(NoTransactionManager.instance())
                .messageMonitor(axon.messageMonitor(CommandBus.class, "commandBus"))
                .build();
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<CommandMessage<?>>(undertaking));
        bus.registerHandlerInterceptor(new CommandGuard());
        bus.registerHandlerInterceptor(new UnknownTargets());
        return bus;
    }

    @Bean
    CorrelationDataProvider undertaking() {
        return new Undertaking();
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService retries() {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "muster-retries");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** A conflict of concurrent appends is tried again; nothing else is. */
    @Bean
    CommandGateway commandGateway(
            CommandBus bus, @Qualifier("retries") ScheduledExecutorService retries, MusterProperties properties) {
        return DefaultCommandGateway.builder()
                .commandBus(bus)
                .retryScheduler(ExponentialBackOffIntervalRetryScheduler.builder()
                        .retryExecutor(retries)
                        .backoffFactor(10)
                        .maxRetryCount(properties.command().conflictRetries())
                        .nonTransientFailurePredicate(failure -> !(failure instanceof ConcurrencyException))
                        .build())
                .build();
    }

    @Bean
    AggregateCommands aggregateCommands(ObjectProvider<EventStore> events, MusterProperties properties) {
        return new AggregateCommands(events::getObject, properties.command().idempotencyWindow());
    }

    @Bean
    TaskIndex taskIndex(ObjectProvider<EventStore> events) {
        return new TaskIndex(task -> events.getObject().readEvents(task, 0));
    }

    @Bean(initMethod = "restore")
    TaskIndexFeed taskIndexFeed(
            TaskIndex index, LogSource log, LogOrigin origin, EventStore events, MusterProperties properties) {
        var file = properties.home().resolve("index").resolve("tasks");
        return new TaskIndexFeed(index, log, origin, new TaskIndexFile(file, origin), events, System::nanoTime);
    }

    /** It claims on the bus of this process, whose index it looks into: its thread waits for the claim. */
    @Bean
    ClaimNextTaskHandler claimNextTaskHandler(
            TaskIndex index, @Qualifier("localSegment") CommandBus commands, MusterProperties properties) {
        return new ClaimNextTaskHandler(index, commands, properties.task().maxWaiting());
    }

    /** Gives events the instant and the metadata of their command. */
    @Bean
    SmartInitializingSingleton eventStamps(EventStore events, Clock clock) {
        return () -> {
            GenericEventMessage.clock = clock;
            events.registerDispatchInterceptor(new EventMetadata(Clock.systemUTC()));
        };
    }
}
