package dev.muster.message;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.BeanDeserializerBuilder;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.StdValueInstantiator;

/**
 * Has records made by a handle of their constructor that is prepared once. Jackson prepares it anew for each record, which takes a
 * sixth of the time in which an event is read.
 */
final class RecordCreators extends ValueDeserializerModifier {

    @Override
    public BeanDeserializerBuilder updateBuilder(
            DeserializationConfig config, BeanDescription.Supplier bean, BeanDeserializerBuilder builder) {
        // Only where nothing else than Jackson's own way is taken, which is by the very constructor that is used here.
        if (builder.getValueInstantiator().getClass() == StdValueInstantiator.class
                && builder.getValueInstantiator().getWithArgsCreator() != null
                && builder.getValueInstantiator().getWithArgsCreator().getAnnotated() instanceof Constructor<?> made
                && made.trySetAccessible()) {
            try {
                builder.setValueInstantiator(
                        new Prepared((StdValueInstantiator) builder.getValueInstantiator(), spreading(made)));
            } catch (IllegalAccessException e) {
                // Then it is made in Jackson's way.
                return builder;
            }
        }
        return builder;
    }

    /** Makes a record of that class from an array of its components; nothing if it can't be had. */
    static Optional<MethodHandle> canonical(Class<?> type) {
        var components = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(components);
            return constructor.trySetAccessible() ? Optional.of(spreading(constructor)) : Optional.empty();
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return Optional.empty();
        }
    }

    private static MethodHandle spreading(Constructor<?> made) throws IllegalAccessException {
        return MethodHandles.lookup()
                .unreflectConstructor(made)
                .asFixedArity()
                .asSpreader(Object[].class, made.getParameterCount())
                .asType(MethodType.methodType(Object.class, Object[].class));
    }

    private static final class Prepared extends StdValueInstantiator {

        private final transient MethodHandle constructor;

        Prepared(StdValueInstantiator original, MethodHandle constructor) {
            super(original);
            this.constructor = constructor;
        }

        @Override
        public Object createFromObjectWith(DeserializationContext context, Object[] arguments) {
            try {
                return constructor.invokeExact(arguments);
            } catch (Exception e) {
                return context.handleInstantiationProblem(_valueClass, arguments, rewrapCtorProblem(context, e));
            } catch (Throwable e) {
                throw (Error) e;
            }
        }
    }
}
