package dev.muster.app;

import java.util.function.UnaryOperator;
import org.axonframework.spring.config.SpringAggregateConfigurer;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** What every aggregate is configured with, whoever wrote it, unless it names something of its own. */
final class EveryAggregate {

    private EveryAggregate() {}

    /**
     * To be called by a post-processor of the bean factory: Axon has defined what configures each aggregate by then.
     *
     * @param property of {@link SpringAggregateConfigurer}
     * @param bean the name of the bean to use, by the name of what configures the aggregate
     */
    static void has(ConfigurableListableBeanFactory beans, String property, UnaryOperator<String> bean) {
        for (var name : beans.getBeanDefinitionNames()) {
            var definition = beans.getBeanDefinition(name);
            if (SpringAggregateConfigurer.class.getName().equals(definition.getBeanClassName())
                    && !definition.getPropertyValues().contains(property)) {
                definition.getPropertyValues().add(property, bean.apply(name));
            }
        }
    }
}
