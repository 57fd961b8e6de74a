package dev.muster.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes messages, answers and metadata as JSON: what comes out is what a mapper of {@link JsonMappers#events} makes of it, byte by
 * byte. Records of plain values have a way of their own, since each change writes some; all else goes that mapper's. Thread-safe.
 */
public final class QuickJson {

    private final JsonMapper mapper;

    private final ClassValue<Optional<WrittenRecord>> records = new ClassValue<>() {
        @Override
        protected Optional<WrittenRecord> computeValue(Class<?> type) {
            return WrittenRecord.of(type, new WrittenValues(mapper));
        }
    };

    /** @param mapper made by {@link JsonMappers#events}; it may leave out what is {@link Secret} */
    public QuickJson(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** In UTF-8. */
    public byte[] bytes(@Nullable Object value) {
        var plain = value == null ? null : plain(value);
        return plain == null ? mapper.writeValueAsBytes(value) : plain;
    }

    public String text(@Nullable Object value) {
        var plain = value == null ? null : plain(value);
        return plain == null ? mapper.writeValueAsString(value) : new String(plain, StandardCharsets.ISO_8859_1);
    }

    private byte @Nullable [] plain(Object value) {
        try {
            var out = WrittenJson.empty();
            if (value instanceof MetaData metaData) {
                write(metaData, out);
                return out.toBytes();
            }
            var record = records.get(value.getClass());
            if (record.isEmpty()) {
                return null;
            }
            record.get().write(value, out);
            return out.toBytes();
        } catch (NotPlain e) {
            return null;
        }
    }

    /** Of texts, whole numbers and truth values, in the order of their keys. */
    private static void write(MetaData metaData, WrittenJson out) throws NotPlain {
        var keys = metaData.keySet().toArray(String[]::new);
        Arrays.sort(keys);
        out.sign('{');
        for (int i = 0; i < keys.length; i++) {
            if (i > 0) {
                out.sign(',');
            }
            out.text(keys[i]);
            out.sign(':');
            scalar(metaData.get(keys[i]), out);
        }
        out.sign('}');
    }

    private static void scalar(@Nullable Object value, WrittenJson out) throws NotPlain {
        if (value instanceof String text) {
            out.text(text);
        } else if (value instanceof Long || value instanceof Integer) {
            out.number(((Number) value).longValue());
        } else if (value instanceof Boolean) {
            out.raw(value.toString());
        } else {
            throw NotPlain.IT_IS;
        }
    }
}
