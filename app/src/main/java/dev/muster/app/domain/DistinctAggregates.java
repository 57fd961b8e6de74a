package dev.muster.app.domain;

import dev.muster.message.NameClash;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.spring.stereotype.Aggregate;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;

/**
 * Refuses two aggregates of one type, whose entities would meet in the log, or of one simple name: Axon names repositories
 * and factories by it, and would take those of the one for the other without a word.
 */
public final class DistinctAggregates implements BeanDefinitionRegistryPostProcessor {

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        var beans = (ConfigurableListableBeanFactory) registry;
        var bySimpleName = new HashMap<String, Class<?>>();
        var byType = new HashMap<String, Class<?>>();
        for (var name : beans.getBeanNamesForAnnotation(Aggregate.class)) {
            var type = beans.getType(name, false);
            var aggregate = beans.findAnnotationOnBean(name, Aggregate.class, false);
            if (type != null && aggregate != null) {
                add(bySimpleName, type.getSimpleName(), type, "Rename one.");
                var declared = aggregate.type().isEmpty() ? type.getSimpleName() : aggregate.type();
                add(byType, declared, type, "Give one another type: @Aggregate(type = …).");
            }
        }
    }

    private static void add(Map<String, Class<?>> known, String name, Class<?> type, String remedy) {
        var other = known.putIfAbsent(name, type);
        if (other != null && other != type) {
            throw new NameClash("aggregates", name, other, type, remedy);
        }
    }
}
