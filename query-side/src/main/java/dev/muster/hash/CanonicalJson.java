package dev.muster.hash;

import dev.muster.message.JsonMappers;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.type.CollectionType;

/**
 * JSON that is the same, byte by byte, for equal values: RFC 8785 (JCS), written as events are. Two things are said more
 * exactly than there: numbers that a double can't hold are written in full, so that no difference is lost, and a {@link Set},
 * which has no order, is written in the order of its elements' canonical JSON. Thread-safe.
 */
public final class CanonicalJson {

    private static final JsonMapper JSON = JsonMappers.events(JsonMapper.builder())
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .addModule(new SimpleModule("muster-sets-unordered").setSerializerModifier(new SetsUnordered()))
            .build();

    /** What a thread writes with, one value after the other. */
    private static final ThreadLocal<Pass> PASS = ThreadLocal.withInitial(Pass::new);

    private CanonicalJson() {}

    /** In UTF-8. */
    public static byte[] bytes(Object value) {
        var pass = PASS.get();
        pass.write(value);
        return Arrays.copyOf(pass.canonical.buffer(), pass.canonical.size());
    }

    /** An element of a store, by one pass over the view. */
    public static Element element(String key, Object view) {
        return PASS.get().element(key, view);
    }

    /** The SHA-256 of an element of a store: of the canonical JSON of {@code [key, view]}. */
    public static byte[] hash(String key, Object view) {
        return PASS.get().hash(key, view, OutputStream.nullOutputStream());
    }

    /** Both ways of writing a value. Not thread-safe. */
    private static final class Pass {

        private final CanonicalWriter canonical = new CanonicalWriter();
        private final ByteArrayOutputStream json = new ByteArrayOutputStream(2_048);
        private final MessageDigest sha256 = Sha256.start();

        void write(Object value) {
            canonical.clear();
            go(value, OutputStream.nullOutputStream());
        }

        Element element(String key, Object view) {
            json.reset();
            var hash = hash(key, view, json);
            return new Element(json.toString(StandardCharsets.UTF_8), hash);
        }

        byte[] hash(String key, Object view, OutputStream plain) {
            canonical.clear();
            canonical.beginArray();
            canonical.string(key);
            go(view, plain);
            canonical.endArray();
            sha256.update(canonical.buffer(), 0, canonical.size());
            return sha256.digest();
        }

        private void go(Object value, OutputStream plain) {
            try (var both = new CanonicalGenerator(JSON.createGenerator(plain), canonical)) {
                JSON.writeValue(both, value);
            }
        }
    }

    private static final class SetsUnordered extends ValueSerializerModifier {

        @Override
        @SuppressWarnings("unchecked")
        public ValueSerializer<?> modifyCollectionSerializer(
                SerializationConfig config,
                CollectionType type,
                BeanDescription.Supplier bean,
                ValueSerializer<?> serializer) {
            return Set.class.isAssignableFrom(type.getRawClass())
                    ? new SetSerializer((ValueSerializer<Object>) serializer)
                    : serializer;
        }
    }

    /** Writes a set as it is otherwise written, and tells beforehand that it is one. */
    private static final class SetSerializer extends ValueSerializer<Object> {

        private final ValueSerializer<Object> inner;

        SetSerializer(ValueSerializer<Object> inner) {
            this.inner = inner;
        }

        @Override
        public void resolve(SerializationContext context) {
            inner.resolve(context);
        }

        @Override
        @SuppressWarnings("unchecked")
        public ValueSerializer<?> createContextual(SerializationContext context, BeanProperty property) {
            return new SetSerializer(
                    (ValueSerializer<Object>) context.handleSecondaryContextualization(inner, property));
        }

        @Override
        public boolean isEmpty(SerializationContext context, Object set) {
            return inner.isEmpty(context, set);
        }

        @Override
        public void serialize(Object set, JsonGenerator generator, SerializationContext context) {
            if (!(generator instanceof CanonicalGenerator both)) {
                throw new IllegalStateException("A set within what is not written straight away has no canonical form");
            }
            var values = (Set<?>) set;
            if (values.size() > 1) {
                var texts = new ArrayList<@Nullable String>(values.size());
                values.forEach(value -> texts.add(value instanceof String text ? text : null));
                both.nextIsSet(texts);
            }
            inner.serialize(set, generator, context);
        }
    }
}
