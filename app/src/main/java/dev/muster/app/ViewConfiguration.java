package dev.muster.app;

import dev.muster.access.QueryGuard;
import dev.muster.agent.AgentProjection;
import dev.muster.agent.AgentQueries;
import dev.muster.agent.AgentRow;
import dev.muster.ahead.DecodedAhead;
import dev.muster.app.domain.ViewStoreBeans;
import dev.muster.database.LateTokenStore;
import dev.muster.database.ViewDatabase;
import dev.muster.digest.DigestQueries;
import dev.muster.evolution.EventUpcasters;
import dev.muster.history.HistoryProjection;
import dev.muster.history.HistoryQueries;
import dev.muster.history.LogIndex;
import dev.muster.history.LogOrigin;
import dev.muster.history.LogReader;
import dev.muster.history.LogSource;
import dev.muster.index.LogIndexFolder;
import dev.muster.index.RocksLogIndex;
import dev.muster.mission.MissionProjection;
import dev.muster.mission.MissionQueries;
import dev.muster.mission.MissionRow;
import dev.muster.mission.MissionTaskRow;
import dev.muster.store.FolderLock;
import dev.muster.task.BlockerRow;
import dev.muster.task.TaskProjection;
import dev.muster.task.TaskQueries;
import dev.muster.task.TaskRow;
import dev.muster.view.DigestedViews;
import dev.muster.view.FailedEvents;
import dev.muster.view.JdbcViewStores;
import dev.muster.view.LiveQueries;
import dev.muster.view.PacedLog;
import dev.muster.view.TypedHandlers;
import dev.muster.view.ViewChanges;
import dev.muster.view.ViewGate;
import dev.muster.view.ViewProgress;
import dev.muster.view.ViewStore;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.EventProcessorSpanFactory;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.GenericTokenTableFactory;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/**
 * The read side. All views and the token of their one processor are in one database, so that each event counts exactly
 * once in each view and all views stand at the same position.
 */
@Configuration(proxyBeanMethods = false)
class ViewConfiguration {

    /** The processor that folds all views. */
    static final String PROCESSOR = "views";

    /** How long a processor that waits for events may not notice that it is to stop; by events it is woken. Axon's default is a second. */
    static final int STOP_MILLIS = 100;

    /** Whoever has the folder is named by this lock, and not by the database's, which doesn't know. */
    @Bean(destroyMethod = "close")
    FolderLock homeLock(MusterProperties properties) {
        return FolderLock.take(properties.home());
    }

    /** @param homeLock is taken first */
    @Bean
    ViewDatabase viewDatabase(MusterProperties properties, FolderLock homeLock) throws SQLException {
        return new ViewDatabase(properties.home().resolve("views").resolve("views"));
    }

    @Bean
    DataSource dataSource(ViewDatabase database) {
        return database.connections();
    }

    @Bean
    ConnectionProvider connectionProvider(DataSource dataSource) {
        return new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(dataSource));
    }

    /** Without it Axon would do without transactions, and say nothing. */
    @Bean
    TransactionManager axonTransactionManager(DataSource dataSource) {
        return new SpringTransactionManager(new DataSourceTransactionManager(dataSource));
    }

    @Bean
    TokenStore tokenStore(ConnectionProvider connections, Serializer serializer) {
        var store = new LateTokenStore(
                JdbcTokenStore.builder().connectionProvider(connections).serializer(serializer));
        store.createSchema(GenericTokenTableFactory.INSTANCE);
        return store;
    }

    @Bean
    ViewChanges viewChanges() {
        return new ViewChanges();
    }

    @Bean
    JdbcViewStores viewStores(ConnectionProvider connections, ViewChanges changes) {
        return new JdbcViewStores(connections, changes);
    }

    @Bean
    static ViewStoreBeans viewStoreBeans() {
        return new ViewStoreBeans();
    }

    @Bean
    AgentProjection agentProjection(ViewStore<AgentRow> agents) {
        return new AgentProjection(agents);
    }

    @Bean
    AgentQueries agentQueries(ViewStore<AgentRow> agents) {
        return new AgentQueries(agents);
    }

    @Bean
    TaskProjection taskProjection(ViewStore<TaskRow> tasks, ViewStore<BlockerRow> blockers) {
        return new TaskProjection(tasks, blockers);
    }

    @Bean
    TaskQueries taskQueries(ViewStore<TaskRow> tasks, ViewStore<BlockerRow> blockers, ViewStore<AgentRow> agents) {
        return new TaskQueries(tasks, blockers, agents);
    }

    @Bean
    MissionProjection missionProjection(ViewStore<MissionRow> missions, ViewStore<MissionTaskRow> tasks) {
        return new MissionProjection(missions, tasks);
    }

    @Bean
    MissionQueries missionQueries(ViewStore<MissionRow> missions, ViewStore<MissionTaskRow> tasks) {
        return new MissionQueries(missions, tasks);
    }

    /** @param homeLock is taken first */
    @Bean(destroyMethod = "close")
    RocksLogIndex logIndex(
            MusterProperties properties,
            LogOrigin log,
            List<EventUpcaster> upcasters,
            ObjectProvider<ViewProgress> progress,
            ViewChanges changes,
            FolderLock homeLock) {
        var folder = properties.home().resolve("index").resolve("events");
        return new LogIndexFolder(folder, log, EventUpcasters.fingerprint(upcasters))
                .open(() -> progress.getObject().position(), changes);
    }

    @Bean
    HistoryProjection historyProjection(LogIndex index) {
        return new HistoryProjection(index);
    }

    @Bean
    LogReader logReader(LogSource source, EventStore store, LogIndex index) {
        return new LogReader(source, store, index);
    }

    @Bean
    HistoryQueries historyQueries(LogReader log) {
        return new HistoryQueries(log);
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService eventDecoder() {
        return Executors.newSingleThreadExecutor(work -> {
            var thread = new Thread(work, "muster-event-decoder");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The log as those read it who fold views: while they write, what comes next is deserialized. */
    @Bean
    DecodedAhead foldedLog(EventStore store, @Qualifier("eventDecoder") Executor decoder) {
        return new DecodedAhead(store, decoder);
    }

    @Bean
    ViewGate viewGate() {
        return new ViewGate();
    }

    @Bean
    DigestQueries digestQueries(DigestedViews views) {
        return new DigestQueries(views);
    }

    @Bean
    ViewProgress viewProgress(LogReader log) {
        return new ViewProgress(log::isIndexed);
    }

    /** Query handlers read what is committed, each for itself, and need no transaction around them. */
    @Bean
    @Qualifier("localSegment")
    SimpleQueryBus queryBus(org.axonframework.config.Configuration axon, QueryUpdateEmitter updates) {
        var bus = SimpleQueryBus.builder()
                .transactionManager(NoTransactionManager.instance())
                .messageMonitor(axon.messageMonitor(QueryBus.class, "queryBus"))
                .queryUpdateEmitter(updates)
                .build();
        bus.registerHandlerInterceptor(QueryGuard.interceptor());
        return bus;
    }

    /** Not interrupted at the end: the database does not bear that while it reads or writes. */
    @Bean(destroyMethod = "shutdown")
    ScheduledExecutorService liveAnswers() {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "muster-live-answers");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Bean
    LiveQueries liveQueries(
            SimpleQueryBus queries, @Qualifier("liveAnswers") ScheduledExecutorService scheduler, ViewChanges changes) {
        var live = new LiveQueries(queries, scheduler);
        queries.registerHandlerInterceptor(live.interceptor());
        changes.listen(live);
        return live;
    }

    /** One processor with one segment folds all views, in the order of the log; what fails in it is tried again. */
    @Bean
    static ConfigurerModule viewProcessor(
            ObjectProvider<ViewProgress> progress,
            ObjectProvider<JdbcViewStores> stores,
            ObjectProvider<ViewGate> gate,
            ObjectProvider<DecodedAhead> log,
            Sagas sagas,
            MusterProperties properties) {
        var groupsOfSagas = sagas.groups();
        return configurer -> configurer.eventProcessing(processing -> processing
                .registerDefaultListenerInvocationErrorHandler(axon -> new FailedEvents())
                .registerEventProcessor(PROCESSOR, (name, axon, handlers) -> processor(name, axon)
                        .eventHandlerInvoker(new TypedHandlers(handlers))
                        .messageSource(new PacedLog(
                                log.getObject(),
                                progress.getObject(),
                                properties.views().pace(),
                                properties.views().batchSize()))
                        .trackingEventProcessorConfiguration(
                                TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                                        .andBatchSize(properties.views().batchSize())
                                        .andEventAvailabilityTimeout(STOP_MILLIS, TimeUnit.MILLISECONDS)
                                        .andInitialTrackingToken(StreamableMessageSource::createTailToken))
                        .build())
                .assignProcessingGroup(group -> groupsOfSagas.contains(group) ? group : PROCESSOR)
                .registerHandlerInterceptor(PROCESSOR, axon -> gate.getObject().interceptor())
                .registerHandlerInterceptor(
                        PROCESSOR, axon -> progress.getObject().interceptor())
                .registerHandlerInterceptor(
                        PROCESSOR, axon -> stores.getObject().marks().interceptor()));
    }

    /** With what Axon gives a processor where it makes it. */
    private static TrackingEventProcessor.Builder processor(String name, org.axonframework.config.Configuration axon) {
        var processing = axon.eventProcessingConfiguration();
        return TrackingEventProcessor.builder()
                .name(name)
                .rollbackConfiguration(processing.rollbackConfiguration(name))
                .errorHandler(processing.errorHandler(name))
                .messageMonitor(processing.messageMonitor(TrackingEventProcessor.class, name))
                .tokenStore(processing.tokenStore(name))
                .transactionManager(processing.transactionManager(name))
                .spanFactory(axon.getComponent(EventProcessorSpanFactory.class));
    }
}
