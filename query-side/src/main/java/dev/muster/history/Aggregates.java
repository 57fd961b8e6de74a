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
import org.jspecify.annotations.Nullable;

/** The aggregates of an application, by the types that their events have in the log. */
public final class Aggregates {

    private final Collection<Class<?>> classes;
    private final ParameterResolverFactory parameters;
    private final HandlerDefinition handlers;
    private volatile @Nullable Map<String, AggregateModel<?>> models;

    /**
     * @param classes annotated; one that extends another one is a kind of it
     * @param parameters what their methods may be handed
     */
    public Aggregates(Collection<Class<?>> classes, ParameterResolverFactory parameters, HandlerDefinition handlers) {
        this.classes = List.copyOf(classes);
        this.parameters = parameters;
        this.handlers = handlers;
    }

    /** These classes, with what is on the class path for the parameters of their methods. */
    public static Aggregates of(Class<?>... classes) {
        var loader = Aggregates.class.getClassLoader();
        return new Aggregates(
                List.of(classes),
                ClasspathParameterResolverFactory.forClassLoader(loader),
                ClasspathHandlerDefinition.forClassLoader(loader));
    }

    /** The aggregate whose events have that type. */
    public Optional<AggregateModel<?>> ofType(String type) {
        var known = models;
        return Optional.ofNullable((known == null ? inspected() : known).get(type));
    }

    /** When it is first asked for, since that takes a while, and a start asks for none. */
    private synchronized Map<String, AggregateModel<?>> inspected() {
        var known = models;
        if (known == null) {
            known = new HashMap<>();
            for (var root : classes) {
                if (classes.stream().noneMatch(other -> other != root && other.isAssignableFrom(root))) {
                    add(model(root), known);
                }
            }
            models = known;
        }
        return known;
    }

    @SuppressWarnings("unchecked")
    private <T> AggregateModel<T> model(Class<T> root) {
        Set<Class<? extends T>> kinds = classes.stream()
                .filter(each -> each != root && root.isAssignableFrom(each))
                .map(each -> (Class<? extends T>) each)
                .collect(Collectors.toSet());
        return AnnotatedAggregateMetaModelFactory.inspectAggregate(root, parameters, handlers, kinds);
    }

    private static void add(AggregateModel<?> model, Map<String, AggregateModel<?>> models) {
        models.put(model.type(), model);
        model.types().forEach(kind -> model.declaredType(kind).ifPresent(type -> models.put(type, model)));
    }
}
