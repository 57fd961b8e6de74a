package dev.muster.message;

import dev.muster.access.TokenCommand.IssueToken;
import dev.muster.whatif.Change;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Instances of records, the same at every run: with every component set and none at its default, or with the least. */
public final class Samples {

    private static final Instant BEGINNING = Instant.parse("2026-02-03T04:05:06.789Z");

    private final boolean full;
    private int count;

    private Samples(boolean full) {
        this.full = full;
    }

    /** An instance in which nothing is left out. */
    public static <T> T full(Class<T> type) {
        return type.cast(new Samples(true).record(type));
    }

    /** An instance in which all is left out that may be, and collections are empty. */
    public static <T> T least(Class<T> type) {
        return type.cast(new Samples(false).record(type));
    }

    private Object record(Class<?> type) {
        if (type == Change.class) {
            return new Change(null, (Change.Replace) record(Change.Replace.class), null);
        }
        var components = type.getRecordComponents();
        var values = Arrays.stream(components).map(this::component).toArray();
        try {
            var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw new AssertionError("No sample of " + type, e);
        } catch (InvocationTargetException e) {
            throw new AssertionError("No sample of " + type, e.getCause());
        }
    }

    private @Nullable Object component(RecordComponent component) {
        var type = component.getAnnotatedType();
        if (!full && type.isAnnotationPresent(Nullable.class)) {
            return null;
        }
        // The name of a token becomes one of an actor, and has no blanks.
        return component.getName().equals("name") && component.getDeclaringRecord() == IssueToken.class
                ? "name-" + ++count
                : value(component.getName(), type);
    }

    private Object value(String name, AnnotatedType annotated) {
        var type =
                annotated.getType() instanceof ParameterizedType generic ? generic.getRawType() : annotated.getType();
        if (!(type instanceof Class<?> plain)) {
            throw new AssertionError("No sample of " + annotated);
        }
        count++;
        if (plain == String.class && name.equals("entity")) {
            return "task/t-" + count;
        }
        if (plain == String.class && Set.of("at", "from", "to").contains(name)) {
            return "position:" + count;
        }
        if (plain == String.class && name.equals("deliveryId")) {
            return Integer.toString(count);
        }
        if (plain == String.class && name.equals("consumers")) {
            return "agent-" + count;
        }
        if (plain == String.class && name.equals("webhook")) {
            return "https://example.org/" + count;
        }
        if (plain == String.class && name.equals("stepId")) {
            return "step-" + count;
        }
        if (plain == String.class) {
            return name + " " + count;
        }
        if (plain == int.class || plain == Integer.class) {
            return count;
        }
        if (plain == long.class || plain == Long.class) {
            return 1_000L * count;
        }
        if (plain == BigDecimal.class) {
            return BigDecimal.valueOf(10L * count + 5, 1);
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return true;
        }
        if (plain == Instant.class) {
            return BEGINNING.plusSeconds(count);
        }
        if (plain == Duration.class) {
            return Duration.ofMillis(1_500L * count);
        }
        if (plain == JsonNode.class) {
            return JsonNodeFactory.instance.objectNode().put("of", name).put("number", count);
        }
        if (EntityId.class.isAssignableFrom(plain)) {
            return identifier(plain, name.toLowerCase(Locale.ROOT).charAt(0) + "-" + count);
        }
        if (plain.isEnum()) {
            var constants = plain.getEnumConstants();
            return constants[constants.length - 1];
        }
        if (plain.isRecord()) {
            return record(plain);
        }
        if (plain == Set.class || plain == List.class) {
            return elements(name, plain, (AnnotatedParameterizedType) annotated);
        }
        if (plain == Map.class) {
            var values = ((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments()[1];
            return full ? Map.of(name, value(name, values)) : Map.of();
        }
        throw new AssertionError("No sample of " + annotated);
    }

    private Object elements(String name, Class<?> collection, AnnotatedParameterizedType type) {
        if (!full) {
            return collection == Set.class ? Set.of() : List.of();
        }
        var element = type.getAnnotatedActualTypeArguments()[0];
        var values = new LinkedHashSet<Object>();
        values.add(value(name, element));
        values.add(value(name, element));
        return collection == Set.class ? values : List.copyOf(values);
    }

    private static Object identifier(Class<?> type, String value) {
        try {
            return type.getMethod("of", String.class).invoke(null, value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("No sample of " + type, e);
        }
    }
}
