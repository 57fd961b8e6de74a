package dev.muster.app;

import dev.muster.command.SnapshotShapes;
import dev.muster.command.Snapshots;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Snapshots of every aggregate, whoever wrote it: when they are made, and which may be used. An aggregate that names beans of
 * its own ({@code @Aggregate(snapshotTriggerDefinition = …, snapshotFilter = …)}) has those instead.
 */
@Configuration(proxyBeanMethods = false)
class SnapshotConfiguration {

    @Bean
    SnapshotTriggerDefinition snapshots(Snapshotter snapshotter, MusterProperties properties) {
        return new Snapshots(
                snapshotter,
                properties.command().snapshotEvents(),
                properties.command().snapshotLoadTime(),
                System::nanoTime);
    }

    @Bean
    SnapshotFilter snapshotShapes(Serializer serializer) {
        return new SnapshotShapes(serializer);
    }

    /** Axon's own filter would compare the revision that is named alone. */
    @Bean
    static BeanFactoryPostProcessor snapshotsOfEveryAggregate() {
        return beans -> {
            EveryAggregate.has(beans, "snapshotTriggerDefinition", name -> "snapshots");
            EveryAggregate.has(beans, "snapshotFilter", name -> "snapshotShapes");
        };
    }
}
