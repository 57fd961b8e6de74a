package dev.muster.message;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.ext.javatime.deser.DurationDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/** The three ways in which JSON is written and read: stored state, events, and edges. They are not interchangeable. */
public final class JsonMappers {

    /** How deep JSON from outside may be nested. */
    public static final int MAX_DEPTH = 64;

    /** Sets keep the order in which they were stored, so that what is written again is the same, byte by byte. */
    private static final JacksonModule SETS_IN_ORDER =
            new SimpleModule("muster-sets-in-order").addAbstractTypeMapping(Set.class, LinkedHashSet.class);

    /** How what is read most often is read: to the same values as otherwise, only sooner. */
    private static final JacksonModule QUICK = new SimpleModule("muster-quick")
            .addDeserializer(Instant.class, new InstantText())
            .setDeserializerModifier(new RecordCreators());

    private JsonMappers() {}

    /** For events: absent rather than null, and lenient to what a later version may have added. */
    public static JsonMapper.Builder events(JsonMapper.Builder builder) {
        return common(builder)
                .addModule(QUICK)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    }

    /**
     * For stored state, snapshots and sagas: the fields themselves, whatever their visibility, and maps in the order that they
     * have, since what is decided may follow it; a class in which nothing is to be stored is a mistake.
     */
    public static JsonMapper.Builder state(JsonMapper.Builder builder) {
        return common(builder)
                .changeDefaultVisibility(v -> v.withVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
                        .withVisibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
                        .withVisibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE))
                .disable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    /** For edges: what is unknown, doubled, too deep, or of another type than asked for, is refused. */
    public static JsonMapper edges() {
        var factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return common(JsonMapper.builder(factory))
                .disable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfigDefaults(c -> c.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
                .withCoercionConfig(
                        LogicalType.Textual, c -> c.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .addModule(new SimpleModule("muster-times-in-words")
                        .addDeserializer(Instant.class, new TextOnly<>(InstantDeserializer.INSTANT))
                        .addDeserializer(Duration.class, new TextOnly<>(DurationDeserializer.INSTANCE)))
                .build();
    }

    private static JsonMapper.Builder common(JsonMapper.Builder builder) {
        return builder.addModule(SETS_IN_ORDER)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL));
    }
}
