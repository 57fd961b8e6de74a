package dev.muster.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What reads the values of a type from plain JSON, for the types that events are made of. Not thread-safe; what it gives is. */
final class PlainValues {

    private final JsonMapper mapper;
    /** Whose components are being looked at: a record that contains itself is not plain. */
    private final Set<Class<?>> around = new HashSet<>();

    PlainValues(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** Nothing for a type that only Jackson knows how to read. */
    Optional<PlainValue> of(Type type) {
        if (type instanceof Class<?> plain) {
            return ofClass(plain);
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            if (raw == List.class) {
                return of(generic.getActualTypeArguments()[0]).map(PlainValues::list);
            }
            if (raw == Set.class) {
                return generic.getActualTypeArguments()[0] == String.class
                        ? Optional.of(texts())
                        : of(generic.getActualTypeArguments()[0]).map(PlainValues::set);
            }
            if (raw == Map.class) {
                return Optional.of(byJackson(type));
            }
        }
        return Optional.empty();
    }

    private Optional<PlainValue> ofClass(Class<?> type) {
        if (type == String.class) {
            return Optional.of(orNull(PlainJson::text));
        }
        if (type == long.class || type == int.class) {
            return Optional.of(in -> number(type, in));
        }
        if (type == Long.class || type == Integer.class) {
            return Optional.of(orNull(in -> number(type, in)));
        }
        if (type == boolean.class) {
            return Optional.of(PlainValues::truth);
        }
        if (type == Boolean.class) {
            return Optional.of(orNull(PlainValues::truth));
        }
        if (type == Instant.class) {
            return Optional.of(orNull(in -> plainIfThere(InstantText.read(in.text()))));
        }
        if (type == Duration.class) {
            return Optional.of(orNull(new RepeatedTexts(PlainValues::duration)));
        }
        if (type == JsonNode.class) {
            return Optional.of(byJackson(type));
        }
        if (type.isEnum()) {
            return Optional.of(orNull(constants(type)));
        }
        if (EntityId.class.isAssignableFrom(type)) {
            return identifier(type).map(PlainValues::orNull);
        }
        return type.isRecord() ? nested(type) : Optional.empty();
    }

    private Optional<PlainValue> nested(Class<?> type) {
        if (!around.add(type)) {
            return Optional.empty();
        }
        try {
            return PlainRecord.of(type, this).map(read -> read);
        } finally {
            around.remove(type);
        }
    }

    private static PlainValue orNull(PlainValue value) {
        return in -> in.peek() == 'n' ? in.literal("null", null) : value.read(in);
    }

    private static <T> T plainIfThere(@Nullable T value) throws NotPlain {
        if (value == null) {
            throw NotPlain.IT_IS;
        }
        return value;
    }

    private static Object number(Class<?> type, PlainJson in) throws NotPlain {
        var number = in.number();
        if (type == long.class || type == Long.class) {
            return number;
        }
        if (number != (int) number) {
            throw NotPlain.IT_IS;
        }
        return (int) number;
    }

    private static Object truth(PlainJson in) throws NotPlain {
        return in.peek() == 't' ? in.literal("true", true) : in.literal("false", false);
    }

    private static PlainValue list(PlainValue element) {
        return orNull(in -> elements(element, in));
    }

    /** In the order in which they stand. Most have one element or none, and views keep them: a linked set takes ten times as much. */
    private static PlainValue set(PlainValue element) {
        return orNull(in -> {
            var elements = elements(element, in);
            return switch (elements.size()) {
                case 0 -> Collections.emptySet();
                case 1 -> Collections.singleton(elements.get(0));
                default -> new LinkedHashSet<>(elements);
            };
        });
    }

    /** Of texts most sets of one were read shortly before, and the same set is given for the same text. */
    private static PlainValue texts() {
        var single = new RepeatedTexts(Collections::singleton);
        return orNull(in -> {
            var sets = elements(single, in);
            return switch (sets.size()) {
                case 0 -> Collections.emptySet();
                case 1 -> sets.get(0);
                default -> joined(sets);
            };
        });
    }

    private static Set<Object> joined(List<Object> sets) {
        var all = new LinkedHashSet<>();
        sets.forEach(set -> all.addAll((Set<?>) set));
        return all;
    }

    /** A null among them is for Jackson. */
    private static List<Object> elements(PlainValue element, PlainJson in) throws NotPlain {
        in.expect('[');
        if (in.passes(']')) {
            return Collections.emptyList();
        }
        var elements = new ArrayList<>();
        do {
            elements.add(plainIfThere(element.read(in)));
        } while (in.more(']'));
        return elements;
    }

    /** By the names under which Jackson writes them. */
    private PlainValue constants(Class<?> type) {
        var constants = new HashMap<String, Object>();
        for (var constant : type.getEnumConstants()) {
            var name = mapper.writeValueAsString(constant);
            if (mapper.readValue(name, type) == constant) {
                constants.put(mapper.readValue(name, String.class), constant);
            }
        }
        return in -> plainIfThere(constants.get(in.text()));
    }

    /** Of an identifier that is made as {@link EntityId} asks for. */
    private static Optional<PlainValue> identifier(Class<?> type) {
        if (!type.isRecord()
                || type.getRecordComponents().length != 1
                || !type.getRecordComponents()[0].getAccessor().isAnnotationPresent(JsonValue.class)) {
            return Optional.empty();
        }
        var creators = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(JsonCreator.class))
                .toList();
        return creators.size() == 1 ? factory(creators.get(0)).map(PlainValues::made) : Optional.empty();
    }

    private static Optional<MethodHandle> factory(Method creator) {
        if (!Modifier.isStatic(creator.getModifiers())
                || !Arrays.equals(creator.getParameterTypes(), new Class<?>[] {String.class})
                || creator.getAnnotation(JsonCreator.class).mode() != JsonCreator.Mode.DEFAULT
                || !creator.trySetAccessible()) {
            return Optional.empty();
        }
        try {
            return Optional.of(MethodHandles.lookup()
                    .unreflect(creator)
                    .asType(MethodType.methodType(Object.class, String.class)));
        } catch (IllegalAccessException e) {
            return Optional.empty();
        }
    }

    private static PlainValue made(MethodHandle factory) {
        return new RepeatedTexts(text -> {
            try {
                return (Object) factory.invokeExact(text);
            } catch (Error e) {
                throw e;
            } catch (Throwable refused) {
                throw NotPlain.IT_IS;
            }
        });
    }

    /** What can hold anything: only where it ends is looked for here. */
    private PlainValue byJackson(Type type) {
        var reader = mapper.readerFor(mapper.constructType(type));
        return in -> {
            var from = in.at;
            in.passAnything();
            if (in.json[from] == 'n') {
                throw NotPlain.IT_IS;
            }
            try {
                return reader.readValue(in.json, from, in.at - from);
            } catch (JacksonException e) {
                throw NotPlain.IT_IS;
            }
        };
    }

    private static Object duration(String text) throws NotPlain {
        if (!text.startsWith("P")) {
            throw NotPlain.IT_IS;
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw NotPlain.IT_IS;
        }
    }
}
