package dev.muster.message;

import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What writes the values of a type, for the types that messages are made of. Not thread-safe; what it gives is. */
final class WrittenValues {

    private final JsonMapper mapper;
    /** Whose components are being looked at: a record that contains itself is left to Jackson. */
    private final Set<Class<?>> around = new HashSet<>();

    WrittenValues(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** Nothing for a type that only Jackson knows how to write. */
    Optional<WrittenValue> of(Type type) {
        if (type instanceof Class<?> plain) {
            return ofClass(plain);
        }
        return type instanceof ParameterizedType generic
                        && (generic.getRawType() == List.class || generic.getRawType() == Set.class)
                ? of(generic.getActualTypeArguments()[0]).map(WrittenValues::elements)
                : Optional.empty();
    }

    private Optional<WrittenValue> ofClass(Class<?> type) {
        if (type == String.class) {
            return Optional.of((value, out) -> out.text((String) value));
        }
        if (type == long.class || type == int.class || type == Long.class || type == Integer.class) {
            return Optional.of((value, out) -> out.number(((Number) value).longValue()));
        }
        if (type == boolean.class || type == Boolean.class || type == BigDecimal.class) {
            return Optional.of((value, out) -> out.raw(value.toString()));
        }
        if (type == Instant.class) {
            return Optional.of((value, out) -> out.instant((Instant) value));
        }
        if (type == Duration.class) {
            return Optional.of((value, out) -> out.text(value.toString()));
        }
        if (type == JsonNode.class) {
            return Optional.of((value, out) -> out.raw(mapper.writeValueAsBytes(value)));
        }
        if (type.isEnum()) {
            return Optional.of(constants(type));
        }
        if (EntityId.class.isAssignableFrom(type)) {
            return isPlainIdentifier(type)
                    ? Optional.of((value, out) -> out.text(((EntityId) value).value()))
                    : Optional.empty();
        }
        return type.isRecord() ? nested(type) : Optional.empty();
    }

    private Optional<WrittenValue> nested(Class<?> type) {
        if (!around.add(type)) {
            return Optional.empty();
        }
        try {
            return WrittenRecord.of(type, this).map(write -> write);
        } finally {
            around.remove(type);
        }
    }

    /** A null among them is for Jackson. */
    private static WrittenValue elements(WrittenValue element) {
        return (value, out) -> {
            var separator = '[';
            for (Object each : (Collection<?>) value) {
                if (each == null) {
                    throw NotPlain.IT_IS;
                }
                out.sign(separator);
                separator = ',';
                element.write(each, out);
            }
            if (separator == '[') {
                out.sign('[');
            }
            out.sign(']');
        };
    }

    /** By the names that Jackson gives them. */
    private WrittenValue constants(Class<?> type) {
        var names = Arrays.stream(type.getEnumConstants())
                .map(mapper::writeValueAsBytes)
                .toArray(byte[][]::new);
        return (value, out) -> out.raw(names[((Enum<?>) value).ordinal()]);
    }

    /** One that is made as {@link EntityId} asks for. */
    private static boolean isPlainIdentifier(Class<?> type) {
        return type.isRecord()
                && type.getRecordComponents().length == 1
                && type.getRecordComponents()[0].getName().equals("value")
                && type.getRecordComponents()[0].getAccessor().isAnnotationPresent(JsonValue.class);
    }
}
