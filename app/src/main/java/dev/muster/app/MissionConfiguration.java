package dev.muster.app;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.muster.mission.MissionCarrier;
import dev.muster.saga.KnownAssociations;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurationScopeAwareProvider;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.dbscheduler.DbSchedulerDeadlineManager;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.modelling.saga.repository.jdbc.JdbcSagaStore;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The sagas of missions. What they know, their token and their deadlines are in the database of the views: it is derived
 * from the log as they are, and is made again with them.
 */
@Configuration(proxyBeanMethods = false)
class MissionConfiguration {

    private static final Duration LOOK_FOR_DEADLINES = Duration.ofMillis(500);

    /** As Axon's own schema, which can be made only once. */
    private static final List<String> SAGAS = List.of(
            "CREATE TABLE IF NOT EXISTS SagaEntry (sagaId VARCHAR(255) PRIMARY KEY, revision VARCHAR(255),"
                    + " sagaType VARCHAR(255), serializedSaga BLOB)",
            "CREATE TABLE IF NOT EXISTS AssociationValueEntry (id INT AUTO_INCREMENT PRIMARY KEY,"
                    + " associationKey VARCHAR(255), associationValue VARCHAR(255), sagaId VARCHAR(255),"
                    + " sagaType VARCHAR(255))",
            "CREATE INDEX IF NOT EXISTS saga_by_association ON AssociationValueEntry"
                    + " (associationValue, associationKey, sagaType)",
            "CREATE INDEX IF NOT EXISTS association_by_saga ON AssociationValueEntry (sagaId, sagaType)");

    private static final String DEADLINES = "CREATE TABLE IF NOT EXISTS scheduled_tasks ("
            + "task_name VARCHAR(100) NOT NULL, task_instance VARCHAR(100) NOT NULL, task_data BLOB,"
            + " execution_time TIMESTAMP(6) WITH TIME ZONE NOT NULL, picked BOOLEAN NOT NULL, picked_by VARCHAR(50),"
            + " last_success TIMESTAMP(6) WITH TIME ZONE, last_failure TIMESTAMP(6) WITH TIME ZONE,"
            + " consecutive_failures INT, last_heartbeat TIMESTAMP(6) WITH TIME ZONE, version BIGINT NOT NULL,"
            + " priority SMALLINT, PRIMARY KEY (task_name, task_instance))";

    @Bean
    KnownAssociations sagaStore(DataSource dataSource, ConnectionProvider connections, Serializer serializer) {
        var database = new JdbcTemplate(dataSource);
        SAGAS.forEach(database::execute);
        var store = JdbcSagaStore.builder()
                .connectionProvider(connections)
                .serializer(serializer)
                .build();
        return new KnownAssociations(
                store,
                known -> database.query(
                        "SELECT sagaType, associationKey, associationValue, sagaId FROM AssociationValueEntry", row -> {
                            known.association(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
                        }));
    }

    @Bean
    DeadlineManager deadlineManager(
            DataSource dataSource,
            Serializer serializer,
            TransactionManager transactions,
            org.axonframework.config.Configuration axon) {
        new JdbcTemplate(dataSource).execute(DEADLINES);
        var manager = new AtomicReference<DbSchedulerDeadlineManager>();
        var scheduler = Scheduler.create(dataSource, DbSchedulerDeadlineManager.binaryTask(manager::get))
                .alwaysPersistTimestampInUTC()
                .pollingInterval(LOOK_FOR_DEADLINES)
                .threads(2)
                .shutdownMaxWait(Duration.ofSeconds(5))
                .build();
        manager.set(DbSchedulerDeadlineManager.builder()
                .scheduler(scheduler)
                .scopeAwareProvider(new ConfigurationScopeAwareProvider(axon))
                .serializer(serializer)
                .transactionManager(transactions)
                .build());
        return manager.get();
    }

    @Bean(destroyMethod = "close")
    MissionCarrier missionCarrier(
            CommandBus commands, @Qualifier("sagaStore") SagaStore<Object> sagas, MusterProperties properties) {
        return new MissionCarrier(commands, sagas, properties.mission().lanes());
    }

    @Bean
    CarrierStart carrierStart(
            MissionCarrier carrier, EventProcessingConfiguration processing, MusterProperties properties) {
        return new CarrierStart(carrier, processing, properties.supervision());
    }
}
