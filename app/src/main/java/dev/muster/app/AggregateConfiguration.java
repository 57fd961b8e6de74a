package dev.muster.app;

import dev.muster.app.MusterProperties.Engine;
import dev.muster.command.AggregateCache;
import dev.muster.command.CommandTargets;
import dev.muster.command.VersionedTargets;
import java.util.function.Supplier;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * How every aggregate is found and kept between its commands. Each kind has a cache of its own, since each has locks of its own.
 * Where other processes append to the log too ({@code axonserver}) nothing is kept: what such an aggregate refuses, or answers
 * without an event, no conflict would correct.
 */
@Configuration(proxyBeanMethods = false)
class AggregateConfiguration {

    /** Only a log in this process is asked before an aggregate is loaded; elsewhere that would be a request more. */
    @Bean
    CommandTargetResolver commandTargets(ObjectProvider<EventStore> events, MusterProperties properties) {
        return properties.engine() == Engine.EMBEDDED ? new VersionedTargets(events::getObject) : new CommandTargets();
    }

    @Bean
    static BeanFactoryPostProcessor cachesOfEveryAggregate() {
        return beans -> {
            EveryAggregate.has(beans, "commandTargetResolver", name -> "commandTargets");
            EveryAggregate.has(
                    beans,
                    "cache",
                    name -> registered(beans, name + ".cache", AggregateCache.class, () -> cache(beans)));
            EveryAggregate.has(
                    beans,
                    "repository",
                    name -> registered(
                            beans,
                            name + ".repository",
                            EventSourcingRepository.class,
                            () -> AggregateRepositories.of(beans, beans.getBeanDefinition(name))));
        };
    }

    private static <T> String registered(
            ConfigurableListableBeanFactory beans, String name, Class<T> type, Supplier<T> bean) {
        ((BeanDefinitionRegistry) beans)
                .registerBeanDefinition(
                        name,
                        BeanDefinitionBuilder.genericBeanDefinition(type, bean).getBeanDefinition());
        return name;
    }

    private static AggregateCache cache(ConfigurableListableBeanFactory beans) {
        var properties = beans.getBean(MusterProperties.class);
        return new AggregateCache(
                properties.engine() == Engine.EMBEDDED ? properties.command().cachedEntities() : 0);
    }
}
