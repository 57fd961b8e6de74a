package dev.muster.message;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the objects of one record class as Jackson does, which takes several times as long for it. All components are asked for by one
 * handle, so that one call leads to them. Thread-safe.
 */
final class WrittenRecord implements WrittenValue {

    /** With quotes and a colon. */
    private final byte[][] names;

    private final WrittenValue[] values;
    private final MethodHandle components;

    private WrittenRecord(byte[][] names, WrittenValue[] values, MethodHandle components) {
        this.names = names;
        this.values = values;
        this.components = components;
    }

    /** Nothing if Jackson may have something to say about that class that is not known here. */
    static Optional<WrittenRecord> of(Class<?> type, WrittenValues kinds) {
        var components = type.getRecordComponents();
        if (components == null || JacksonSays.anythingOf(type) || hasMore(type)) {
            return Optional.empty();
        }
        var values = Arrays.stream(components)
                .map(component -> kinds.of(component.getGenericType()))
                .toList();
        if (!values.stream().allMatch(Optional::isPresent)) {
            return Optional.empty();
        }
        return handle(components)
                .map(handle -> new WrittenRecord(
                        Arrays.stream(components).map(WrittenRecord::name).toArray(byte[][]::new),
                        values.stream().flatMap(Optional::stream).toArray(WrittenValue[]::new),
                        handle));
    }

    /** Whether there may be more or less to write than its components: what looks like a getter, and what is kept nowhere. */
    private static boolean hasMore(Class<?> type) {
        return Arrays.stream(type.getMethods())
                        .filter(method -> method.getDeclaringClass() != Object.class)
                        .anyMatch(WrittenRecord::isGetter)
                || Arrays.stream(type.getRecordComponents())
                        .anyMatch(component -> component.getAccessor().isAnnotationPresent(Secret.class));
    }

    private static boolean isGetter(Method method) {
        return method.getParameterCount() == 0
                && !Modifier.isStatic(method.getModifiers())
                && (method.getName().startsWith("get") || method.getName().startsWith("is"));
    }

    private static byte[] name(RecordComponent component) {
        return ('"' + component.getName() + "\":").getBytes(StandardCharsets.UTF_8);
    }

    /** From a record to an array of its components. */
    private static Optional<MethodHandle> handle(RecordComponent[] components) {
        var accessors = new MethodHandle[components.length];
        for (int i = 0; i < components.length; i++) {
            var accessor = components[i].getAccessor();
            if (!accessor.trySetAccessible()) {
                return Optional.empty();
            }
            try {
                accessors[i] = MethodHandles.lookup()
                        .unreflect(accessor)
                        .asType(MethodType.methodType(Object.class, Object.class));
            } catch (IllegalAccessException e) {
                return Optional.empty();
            }
        }
        var array = MethodHandles.identity(Object[].class).asCollector(Object[].class, accessors.length);
        return Optional.of(MethodHandles.permuteArguments(
                        MethodHandles.filterArguments(array, 0, accessors),
                        MethodType.methodType(Object[].class, Object.class),
                        new int[accessors.length])
                .asType(MethodType.methodType(Object[].class, Object.class)));
    }

    @Override
    public void write(Object value, WrittenJson out) throws NotPlain {
        var all = components(value);
        var separator = '{';
        for (int i = 0; i < all.length; i++) {
            var each = all[i];
            if (each != null) {
                out.sign(separator);
                separator = ',';
                out.raw(names[i]);
                values[i].write(each, out);
            }
        }
        if (separator == '{') {
            out.sign('{');
        }
        out.sign('}');
    }

    private @Nullable Object[] components(Object value) throws NotPlain {
        try {
            return (Object[]) components.invokeExact(value);
        } catch (Error e) {
            throw e;
        } catch (Throwable refused) {
            // Jackson meets it again, and tells it in its words.
            throw NotPlain.IT_IS;
        }
    }
}
