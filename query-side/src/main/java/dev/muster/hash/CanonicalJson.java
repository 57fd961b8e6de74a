package dev.muster.hash;

import dev.muster.message.JsonMappers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.type.CollectionType;
import tools.jackson.databind.util.TokenBuffer;

/**
 * JSON that is the same, byte by byte, for equal values: RFC 8785 (JCS), written as events are. Two things are said more
 * exactly than there: numbers that a double can't hold are written in full, so that no difference is lost, and a {@link Set},
 * which has no order, is written in the order of its elements' canonical JSON. Thread-safe.
 */
public final class CanonicalJson {

    private static final JsonMapper JSON = JsonMappers.events(JsonMapper.builder())
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .addModule(new SimpleModule("muster-sets-sorted").setSerializerModifier(new SetsSorted()))
            .build();

    private CanonicalJson() {}

    /** In UTF-8. */
    public static byte[] bytes(Object value) {
        try (var tokens = TokenBuffer.forGeneration()) {
            JSON.writeValue(tokens, value);
            try (var parser = tokens.asParser()) {
                return bytes(parser);
            }
        }
    }

    /** What a text of JSON says, canonically. */
    public static byte[] ofText(String json) {
        try (var parser = JSON.createParser(json)) {
            return bytes(parser);
        }
    }

    private static byte[] bytes(JsonParser parser) {
        parser.nextToken();
        var writer = new CanonicalWriter(parser);
        writer.value();
        return writer.bytes();
    }

    /** The SHA-256 of an element of a store: of the canonical JSON of {@code [key, view]}. */
    public static byte[] hash(String key, Object view) {
        return Sha256.of(bytes(List.of(key, view)));
    }

    private static final class SetsSorted extends ValueSerializerModifier {

        @Override
        public ValueSerializer<?> modifyCollectionSerializer(
                SerializationConfig config,
                CollectionType type,
                BeanDescription.Supplier bean,
                ValueSerializer<?> serializer) {
            return Set.class.isAssignableFrom(type.getRawClass()) ? new SortedSetSerializer() : serializer;
        }
    }

    private static final class SortedSetSerializer extends ValueSerializer<Set<?>> {

        private record Element(String canonical, Object value) {}

        @Override
        public void serialize(Set<?> set, JsonGenerator generator, SerializationContext context) {
            var elements = new ArrayList<Element>(set.size());
            for (var value : set) {
                elements.add(new Element(canonical(value), value));
            }
            elements.sort(Comparator.comparing(Element::canonical));
            generator.writeStartArray();
            for (var element : elements) {
                context.writeValue(generator, element.value);
            }
            generator.writeEndArray();
        }

        private static String canonical(Object value) {
            return value instanceof String text ? text : new String(bytes(value), StandardCharsets.UTF_8);
        }
    }
}
