package dev.muster.app;

import dev.muster.command.SnapshotShapes;
import dev.muster.command.Snapshots;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.config.SpringAggregateConfigurer;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
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

    /** Axon has defined what configures each aggregate by then; its own filter would compare the revision that is named alone. */
    @Bean
    static BeanFactoryPostProcessor snapshotsOfEveryAggregate() {
        return beans -> {
            for (var name : beans.getBeanDefinitionNames()) {
                if (SpringAggregateConfigurer.class
                        .getName()
                        .equals(beans.getBeanDefinition(name).getBeanClassName())) {
                    setUnlessNamed(beans, name, "snapshotTriggerDefinition", "snapshots");
                    setUnlessNamed(beans, name, "snapshotFilter", "snapshotShapes");
                }
            }
        };
    }

    private static void setUnlessNamed(
            ConfigurableListableBeanFactory beans, String configurer, String property, String bean) {
        var values = beans.getBeanDefinition(configurer).getPropertyValues();
        if (!values.contains(property)) {
            values.add(property, bean);
        }
    }
}
