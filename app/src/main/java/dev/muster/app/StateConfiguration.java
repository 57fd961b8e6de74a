package dev.muster.app;

import dev.muster.history.Aggregates;
import dev.muster.history.LogReader;
import dev.muster.history.StateQueries;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.spring.stereotype.Aggregate;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The states of entities, for all annotated aggregates that this application has. */
@Configuration(proxyBeanMethods = false)
class StateConfiguration {

    @Bean
    Aggregates aggregates(ListableBeanFactory beans, ParameterResolverFactory parameters, HandlerDefinition handlers) {
        var classes = Stream.of(beans.getBeanNamesForAnnotation(Aggregate.class))
                .<Class<?>>map(name -> Objects.requireNonNull(beans.getType(name)))
                .collect(Collectors.toSet());
        return new Aggregates(classes, parameters, handlers);
    }

    @Bean
    StateQueries stateQueries(LogReader log, Aggregates aggregates) {
        return new StateQueries(log, aggregates);
    }
}
