package dev.muster.transform;

import dev.muster.message.Check;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as it is stored, in a transformation. What is not changed keeps its bytes.
 *
 * @param position where it stands in the old log, from 0; -1 if it was made
 * @param id its identifier, which no other event of the new log may have; empty to have one made, the same in each copy
 * @param time the domain's time
 * @param aggregateType what its entity is, {@code task}; null for an event of no entity
 * @param entity whose event it is, {@code task/t-42}; of no matter for an event of no entity
 * @param type the stored name of the event, {@code TaskAssigned}
 * @param revision of its shape, if it has one
 * @param payload what it says, JSON in UTF-8
 * @param metaData what is said about it, likewise
 */
public record LogEvent(
        long position,
        String id,
        Instant time,
        @Nullable String aggregateType,
        String entity,
        String type,
        @Nullable String revision,
        byte[] payload,
        byte[] metaData) {

    /** Numbers keep their digits. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    public LogEvent {
        if (position < -1) {
            throw new IllegalArgumentException("A position is at least -1, but this is " + position + ".");
        }
        Check.text("type", type, 256);
    }

    /** One that the old log doesn't have: without data and metadata, with an identifier that the copy makes. */
    public static LogEvent made(
            Instant time, String aggregateType, String entity, String type, @Nullable String revision) {
        var nothing = bytes(JsonNodeFactory.instance.objectNode());
        return new LogEvent(-1, "", time, aggregateType, entity, type, revision, nothing, nothing);
    }

    /** What it says, to look at; a change of what is given changes nothing. */
    public ObjectNode data() {
        return (ObjectNode) JSON.readTree(payload);
    }

    /** What is said about it, to look at. */
    public ObjectNode meta() {
        return (ObjectNode) JSON.readTree(metaData);
    }

    public LogEvent withId(String id) {
        return new LogEvent(position, id, time, aggregateType, entity, type, revision, payload, metaData);
    }

    public LogEvent withTime(Instant time) {
        return new LogEvent(position, id, time, aggregateType, entity, type, revision, payload, metaData);
    }

    public LogEvent withEntity(String aggregateType, String entity) {
        return new LogEvent(position, id, time, aggregateType, entity, type, revision, payload, metaData);
    }

    public LogEvent withType(String type, @Nullable String revision) {
        return new LogEvent(position, id, time, aggregateType, entity, type, revision, payload, metaData);
    }

    /** With its data changed: {@code event.withData(data -> data.put("percent", 40))}. */
    public LogEvent withData(Consumer<ObjectNode> change) {
        var data = data();
        change.accept(data);
        return new LogEvent(position, id, time, aggregateType, entity, type, revision, bytes(data), metaData);
    }

    /** With its metadata changed; {@link dev.muster.message.MetaKeys} names what is in it. */
    public LogEvent withMeta(Consumer<ObjectNode> change) {
        var meta = meta();
        change.accept(meta);
        return new LogEvent(position, id, time, aggregateType, entity, type, revision, payload, bytes(meta));
    }

    private static byte[] bytes(ObjectNode json) {
        return JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
    }

    /** Without the bytes. */
    @Override
    public String toString() {
        return type + " " + id + " of " + entity + " at position " + position;
    }
}
