package dev.muster.message;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Axon's serializer for events and their metadata: JSON under the names of {@link MessageNames}, not of classes. */
public final class EventSerializer extends Jackson3Serializer {

    /** Read with every event, so it is not looked up by its name each time. */
    private static final String META_DATA = MetaData.class.getName();

    private final MessageNames names;
    private final QuickJson quick;
    /** By the names of events. */
    private final Map<String, Optional<PlainRecord>> plain = new ConcurrentHashMap<>();

    private EventSerializer(Builder builder, MessageNames names) {
        super(builder);
        this.names = names;
        this.quick = new QuickJson((JsonMapper) getObjectMapper());
    }

    public static EventSerializer of(MessageNames names) {
        return new EventSerializer(
                Jackson3Serializer.builder()
                        .disableCachingOfUnknownClasses()
                        .jsonMapperBuilderCustomizer(JsonMappers::events),
                names);
    }

    /** Events and metadata as bytes, in which they are stored. */
    @Override
    public <T> SerializedObject<T> serialize(Object object, Class<T> representation) {
        if (representation != byte[].class || object == null) {
            return super.serialize(object, representation);
        }
        try {
            return new SimpleSerializedObject<>(
                    representation.cast(quick.bytes(object)), representation, typeForClass(object.getClass()));
        } catch (JacksonException e) {
            throw new SerializationException("Unable to serialize object", e);
        }
    }

    /** What is stored is read by the million, so what is plain has a way of its own. */
    @Override
    @SuppressWarnings("unchecked")
    public <S, T> T deserialize(SerializedObject<S> stored) {
        if (stored.getData() instanceof byte[] json) {
            var read = stored.getType().getName().equals(META_DATA)
                    ? metaData(json)
                    : plain(stored.getType()).flatMap(record -> record.read(json));
            if (read.isPresent()) {
                return (T) read.get();
            }
        }
        return super.deserialize(stored);
    }

    private Optional<MetaData> metaData(byte[] json) {
        try {
            return MetaDataJson.read((JsonMapper) getObjectMapper(), json);
        } catch (JacksonException e) {
            throw new SerializationException("The metadata of an event can't be read.", e);
        }
    }

    private Optional<PlainRecord> plain(SerializedType type) {
        var known = plain.get(type.getName());
        if (known != null) {
            return known;
        }
        return names.classOf(type.getName()).isEmpty()
                ? Optional.empty()
                : plain.computeIfAbsent(type.getName(), this::plain);
    }

    private Optional<PlainRecord> plain(String name) {
        return names.classOf(name)
                .flatMap(event -> PlainRecord.of(event, new PlainValues((JsonMapper) getObjectMapper())));
    }

    /** A number in the metadata is a long, also a small one, whoever has stored it. */
    @Override
    protected ObjectReader getReader(Class<?> type) {
        var reader = super.getReader(type);
        return type == MetaData.class ? reader.with(DeserializationFeature.USE_LONG_FOR_INTS) : reader;
    }

    /** The class itself, whatever loader has it: a domain's may come from a jar that this class's loader does not see. */
    @Override
    public Class<?> classForType(SerializedType type) {
        if (type.getName().equals(META_DATA)) {
            return MetaData.class;
        }
        return names.classOf(type.getName()).<Class<?>>map(known -> known).orElseGet(() -> super.classForType(type));
    }

    @Override
    @SuppressWarnings("rawtypes")
    public SerializedType typeForClass(Class type) {
        if (type == StoredMetaData.class) {
            return super.typeForClass(MetaData.class);
        }
        if (type != null && names.contains(type)) {
            return new SimpleSerializedType(
                    MessageNames.nameOf(type), getRevisionResolver().revisionOf(type));
        }
        return super.typeForClass(type);
    }
}
