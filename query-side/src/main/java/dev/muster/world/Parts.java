package dev.muster.world;

import dev.muster.view.ViewDefinition;
import dev.muster.view.ViewStore;
import dev.muster.view.ViewStores;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes instances of a domain's classes over stores of somebody's choice: those of a {@link World}, or others beside the
 * live ones.
 */
public final class Parts {

    private final Domain domain;
    private final ViewStores stores;
    private final List<Object> others;

    /** @param others what constructors may ask for by type besides stores and the domain's own values */
    public Parts(Domain domain, ViewStores stores, Object... others) {
        this.domain = domain;
        this.stores = stores;
        this.others = List.of(others);
    }

    /**
     * Whether all that the constructor of that class asks for could be had; if not, what could not.
     *
     * @param others the types of what there is besides stores and the domain's own values
     */
    public static Optional<String> missing(Domain domain, Class<?> type, List<Class<?>> others) {
        return Arrays.stream(constructor(type).getParameters())
                .filter(parameter -> parameter.getType() == ViewStore.class
                        ? definition(domain, parameter).isEmpty()
                        : Stream.concat(domain.values().stream().map(Object::getClass), others.stream())
                                .noneMatch(parameter.getType()::isAssignableFrom))
                .findFirst()
                .map(parameter -> parameter.getParameterizedType().getTypeName());
    }

    /** The views of which the constructor of that class asks for stores. */
    public static List<ViewDefinition<?>> views(Domain domain, Class<?> type) {
        return Arrays.stream(constructor(type).getParameters())
                .filter(parameter -> parameter.getType() == ViewStore.class)
                .<ViewDefinition<?>>map(
                        parameter -> definition(domain, parameter).orElseThrow(() -> unknown(type, parameter)))
                .toList();
    }

    /**
     * An instance of that class.
     *
     * @throws IllegalStateException if its constructor asks for something that isn't there, or fails
     */
    public <T> T make(Class<T> type) {
        var constructor = constructor(type);
        var arguments = Arrays.stream(constructor.getParameters())
                .map(parameter -> argument(type, parameter))
                .toArray();
        try {
            constructor.setAccessible(true);
            return type.cast(constructor.newInstance(arguments));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(type.getName() + " can't be made: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " can't be made: " + e, e);
        }
    }

    private static Constructor<?> constructor(Class<?> type) {
        var all = type.getDeclaredConstructors();
        if (all.length != 1) {
            throw new IllegalStateException(
                    type.getName() + " must have one constructor to be made again, but has " + all.length + ".");
        }
        return all[0];
    }

    private Object argument(Class<?> type, Parameter parameter) {
        if (parameter.getType() == ViewStore.class) {
            return stores.open(definition(domain, parameter).orElseThrow(() -> unknown(type, parameter)));
        }
        return Stream.concat(domain.values().stream(), others.stream())
                .filter(parameter.getType()::isInstance)
                .findFirst()
                .orElseThrow(() -> unknown(type, parameter));
    }

    /** By the type of the views; where several are of one type, by the name of the parameter as well. */
    private static Optional<ViewDefinition<?>> definition(Domain domain, Parameter parameter) {
        var view = ((ParameterizedType) parameter.getParameterizedType()).getActualTypeArguments()[0];
        List<ViewDefinition<?>> fitting = domain.views().stream()
                .filter(known -> known.type() == view)
                .<ViewDefinition<?>>map(known -> known)
                .toList();
        return fitting.size() == 1
                ? Optional.of(fitting.get(0))
                : fitting.stream()
                        .filter(known -> known.name().equals(parameter.getName()))
                        .findFirst();
    }

    private static IllegalStateException unknown(Class<?> type, Parameter parameter) {
        return new IllegalStateException(
                type.getName() + " asks for a "
                        + parameter.getParameterizedType().getTypeName()
                        + ", which a World does not have. A projection or a query handler takes stores of views and plain values.");
    }
}
