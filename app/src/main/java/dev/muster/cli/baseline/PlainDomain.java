package dev.muster.cli.baseline;

import dev.muster.agent.Agent;
import dev.muster.agent.Agents;
import dev.muster.agent.LoadedAgents;
import dev.muster.message.MetaKeys;
import dev.muster.task.ClaimNextTaskHandler;
import dev.muster.task.CommandLeaseTerms;
import dev.muster.task.LeaseTerms;
import dev.muster.task.OtherTasks;
import dev.muster.task.TaskIndex;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.correlation.MessageOriginProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/** What tasks and agents need of an Axon application. What is ready is found by the same index in memory as Muster's. */
final class PlainDomain {

    private PlainDomain() {}

    static Configurer in(Configurer axon, TaskIndex index) {
        return axon.configureCorrelationDataProviders(configuration ->
                        List.of(new MessageOriginProvider(), new SimpleCorrelationDataProvider(MetaKeys.ACTOR)))
                .registerComponent(Clock.class, configuration -> Clock.systemUTC())
                .registerComponent(
                        LeaseTerms.class,
                        configuration -> new CommandLeaseTerms(Duration.ofMinutes(10), Duration.ofDays(1)))
                .registerComponent(OtherTasks.class, configuration -> index)
                .registerComponent(
                        Agents.class, configuration -> new LoadedAgents(() -> configuration.repository(Agent.class)))
                .registerCommandHandler(
                        configuration -> new ClaimNextTaskHandler(index, configuration.commandBus(), 2));
    }

    /** Starts it, with an index that knows what is committed. */
    static void start(Configuration axon, EventStore store, TaskIndex index) {
        store.subscribe(events -> {
            var told = List.copyOf(events);
            CurrentUnitOfWork.get().root().afterCommit(unitOfWork -> index.accept(told));
        });
        axon.start();
        index.caughtUp();
    }
}
