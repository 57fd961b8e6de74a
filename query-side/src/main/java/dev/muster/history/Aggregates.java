package dev.muster.history;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.messaging.annotation.ClasspathHandlerDefinition;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;

/** The aggregates of an application, by the types that their events have in the log. */
public final class Aggregates {

    private final Map<String, AggregateModel<?>> models = new HashMap<>();

    /**
     * @param classes annotated; one that extends another one is a kind of it
     * @param parameters what their methods may be handed
     */
    public Aggregates(Collection<Class<?>> classes, ParameterResolverFactory parameters, HandlerDefinition handlers) {
        for (var root : classes) {
            if (classes.stream().noneMatch(other -> other != root && other.isAssignableFrom(root))) {
                add(model(root, classes, parameters, handlers));
            }
        }
    }

    /** These classes, with what is on the class path for the parameters of their methods. */
    public static Aggregates of(Class<?>... classes) {
        var loader = Aggregates.class.getClassLoader();
        return new Aggregates(
                List.of(classes),
                ClasspathParameterResolverFactory.forClassLoader(loader),
                ClasspathHandlerDefinition.forClassLoader(loader));
    }

    @SuppressWarnings("unchecked")
    private static <T> AggregateModel<T> model(
            Class<T> root, Collection<Class<?>> all, ParameterResolverFactory parameters, HandlerDefinition handlers) {
        Set<Class<? extends T>> kinds = all.stream()
                .filter(each -> each != root && root.isAssignableFrom(each))
                .map(each -> (Class<? extends T>) each)
                .collect(Collectors.toSet());
        return AnnotatedAggregateMetaModelFactory.inspectAggregate(root, parameters, handlers, kinds);
    }

    private void add(AggregateModel<?> model) {
        models.put(model.type(), model);
        model.types().forEach(kind -> model.declaredType(kind).ifPresent(type -> models.put(type, model)));
    }

    /** The aggregate whose events have that type. */
    public Optional<AggregateModel<?>> ofType(String type) {
        return Optional.ofNullable(models.get(type));
    }
}
