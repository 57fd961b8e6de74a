package dev.muster.app;

import dev.muster.history.Aggregates;
import dev.muster.history.LogReader;
import dev.muster.view.DigestedViews;
import dev.muster.view.ViewStore;
import dev.muster.world.Domain;
import dev.muster.world.Parts;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axonframework.common.annotation.AnnotationUtils;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.queryhandling.QueryHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Finds the parts of the domain among the beans: whatever has annotated event handlers is a projection, whatever has
 * annotated query handlers answers, as long as a World could make an instance of its own.
 */
final class DomainParts {

    private static final Logger LOG = LoggerFactory.getLogger(DomainParts.class);

    private static final String OWN = "dev.muster.";

    private final ConfigurableListableBeanFactory beans;

    DomainParts(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    Domain find(List<ViewStore<?>> stores) {
        var domain = Domain.builder();
        stores.forEach(store -> domain.view(store.definition()));
        var types = types();
        types.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredConstructors()))
                .flatMap(constructor -> Arrays.stream(constructor.getParameterTypes()))
                .distinct()
                .filter(DomainParts::isPlain)
                .forEach(type -> beans.getBeanProvider(type).ifUnique(domain::value));
        var known = domain.build();
        for (var type : types) {
            var missing = Parts.missing(known, type, List.of(LogReader.class, DigestedViews.class));
            if (missing.isPresent()) {
                LOG.atLevel(type.getName().startsWith(OWN) ? Level.DEBUG : Level.INFO)
                        .log(
                                "{} is live only: it takes a {}, which no World has, so the past can't be asked of it",
                                type.getSimpleName(),
                                missing.get());
            } else {
                add(domain, type);
            }
        }
        return domain.build();
    }

    private static void add(Domain.Builder domain, Class<?> type) {
        if (has(type, EventHandler.class)) {
            domain.projection(type);
        }
        if (has(type, QueryHandler.class)) {
            domain.queries(type);
        }
    }

    /** In the order in which their beans are defined, which is that in which they are given an event live. */
    private List<Class<?>> types() {
        var types = new ArrayList<Class<?>>();
        for (var name : beans.getBeanDefinitionNames()) {
            var type = beans.getType(name, false);
            if (type == null || !mayHandle(type)) {
                continue;
            }
            var own = ClassUtils.getUserClass(type);
            if ((has(own, EventHandler.class) || has(own, QueryHandler.class))
                    && !AnnotationUtils.isAnnotationPresent(own, AggregateRoot.class)
                    && !has(own, SagaEventHandler.class)
                    && !types.contains(own)) {
                types.add(own);
            }
        }
        return types;
    }

    /** Whether its methods are worth a look: most beans are Spring's, which handle no messages. */
    static boolean mayHandle(Class<?> bean) {
        return !bean.getName().startsWith("org.springframework.");
    }

    private static boolean has(Class<?> type, Class<? extends Annotation> handler) {
        for (var method : ReflectionUtils.getUniqueDeclaredMethods(type)) {
            if (method.getDeclaredAnnotations().length > 0 && AnnotationUtils.isAnnotationPresent(method, handler)) {
                return true;
            }
        }
        return false;
    }

    /** What is the same for ever, and can be shared by the live system and any World. */
    private static boolean isPlain(Class<?> type) {
        return type.isRecord()
                || type.isEnum()
                || type == String.class
                || type == Duration.class
                || type == Aggregates.class;
    }
}
