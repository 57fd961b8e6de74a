package dev.muster.app;

import dev.muster.history.LogOrigin;
import dev.muster.history.LogSource;
import dev.muster.store.RocksEventStorageEngine;
import dev.muster.store.RocksEventStore;
import dev.muster.store.RocksSettings;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.eventhandling.EventBusSpanFactory;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The log in the folder {@code log} of the home. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "muster.engine", havingValue = "embedded", matchIfMissing = true)
class EmbeddedEngineConfiguration {

    @Bean(destroyMethod = "close")
    RocksEventStorageEngine eventStorageEngine(
            MusterProperties properties,
            @Qualifier("eventSerializer") Serializer eventSerializer,
            Serializer serializer,
            org.axonframework.config.Configuration configuration) {
        var settings = new RocksSettings(
                properties.log().blockCacheBytes(),
                properties.log().writeBufferBytes(),
                RocksSettings.DEFAULT.maxGroup(),
                RocksSettings.DEFAULT.maxWaiting());
        return RocksEventStorageEngine.builder(properties.home().resolve("log"), eventSerializer, serializer)
                .upcasterChain(configuration.upcasterChain())
                .snapshotFilter(configuration.snapshotFilter())
                .settings(settings)
                .build();
    }

    @Bean
    @Qualifier("eventStore")
    RocksEventStore eventBus(RocksEventStorageEngine engine, org.axonframework.config.Configuration configuration) {
        return new RocksEventStore(
                engine,
                configuration.messageMonitor(EventStore.class, "eventStore"),
                configuration.getComponent(EventBusSpanFactory.class));
    }

    @Bean
    StoredLog storedLog(RocksEventStorageEngine engine) {
        return (entity, from) -> entity == null ? engine.stored(from) : engine.stored(entity, from);
    }

    @Bean
    LogOrigin logOrigin(RocksEventStorageEngine engine) {
        return new LogOrigin() {
            @Override
            public UUID identity() {
                return engine.identity();
            }

            @Override
            public long head() {
                return engine.head();
            }

            @Override
            public Optional<String> eventIdAt(long position) {
                return engine.eventIdAt(position);
            }

            @Override
            public Instant lastTime() {
                return engine.timeAt(engine.head() - 1).orElse(Instant.EPOCH);
            }
        };
    }

    @Bean
    LogSource logSource(RocksEventStorageEngine engine) {
        return new EmbeddedLog(engine);
    }
}
