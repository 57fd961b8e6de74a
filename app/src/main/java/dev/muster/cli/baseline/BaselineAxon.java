package dev.muster.cli.baseline;

import dev.muster.agent.Agent;
import dev.muster.agent.AgentEvent;
import dev.muster.message.EventSerializer;
import dev.muster.message.MessageNames;
import dev.muster.task.Task;
import dev.muster.task.TaskEvent;
import dev.muster.task.TaskIndex;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.config.EventProcessingConfigurer.PooledStreamingProcessorConfiguration;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcSQLErrorCodesResolver;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/**
 * Muster's tasks and agents as a plain Axon application has them: Axon's JDBC engine, its command bus with one transaction for each
 * command, one view in the same database. What is ready is found by the same index in memory as Muster's. Where Axon's default would
 * cost it more than it need, it gets what is better: one segment, and batches of events for its view.
 */
final class BaselineAxon {

    private static final int BATCH = 500;

    private final DataSource source;
    private final BaselineDatabase kind;
    private final TransactionManager transactions;
    private final ConnectionProvider connections;
    private final AtomicReference<EventStore> events = new AtomicReference<>();
    private final TaskIndex index = new TaskIndex(task -> events.get().readEvents(task, 0));

    BaselineAxon(DataSource source, BaselineDatabase kind) {
        this.source = source;
        this.kind = kind;
        this.transactions = new SpringTransactionManager(new DataSourceTransactionManager(source));
        this.connections = new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(source));
    }

    /** Makes the tables and starts it. */
    Configuration start() {
        var axon = PlainDomain.in(DefaultConfigurer.defaultConfiguration(false), index)
                .configureAggregate(Task.class)
                .configureAggregate(Agent.class)
                .configureCommandBus(configuration -> SimpleCommandBus.builder()
                        .transactionManager(transactions)
                        .build())
                .configureTransactionManager(configuration -> transactions)
                .configureSerializer(
                        configuration -> Jackson3Serializer.builder().build())
                .configureEventSerializer(configuration ->
                        EventSerializer.of(MessageNames.of(MessageNames.below(TaskEvent.class, AgentEvent.class))))
                .configureEventStore(configuration -> EmbeddedEventStore.builder()
                        .storageEngine(engine(configuration.eventSerializer()))
                        .build())
                .eventProcessing(processing -> processing
                        .usingPooledStreamingEventProcessors(PooledStreamingProcessorConfiguration.noOp()
                                .andThen((configuration, processor) -> processor
                                        .initialSegmentCount(1)
                                        .batchSize(BATCH)
                                        .initialToken(StreamableMessageSource::createTailToken)))
                        .registerTokenStore(configuration -> tokens(configuration.serializer()))
                        .registerEventHandler(configuration -> new BaselineView(source)))
                .buildConfiguration();
        events.set(axon.eventStore());
        PlainDomain.start(axon, axon.eventStore(), index);
        return axon;
    }

    private JdbcEventStorageEngine engine(Serializer events) {
        var engine = JdbcEventStorageEngine.builder()
                .eventSerializer(events)
                .snapshotSerializer(events)
                .connectionProvider(connections)
                .transactionManager(transactions)
                .persistenceExceptionResolver(new JdbcSQLErrorCodesResolver())
                .build();
        transactions.executeInTransaction(() -> engine.createSchema(kind.events));
        return engine;
    }

    private JdbcTokenStore tokens(Serializer serializer) {
        var store = JdbcTokenStore.builder()
                .connectionProvider(connections)
                .serializer(serializer)
                .build();
        transactions.executeInTransaction(() -> store.createSchema(kind.tokens));
        return store;
    }
}
