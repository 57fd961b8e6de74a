package dev.muster.message;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.serialization.UnknownSerializedType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an event is called and says, also where nobody knows its class: the domain that wrote it may have been taken away.
 */
public final class EventContent {

    private static final JsonMapper JSON =
            JsonMappers.events(JsonMapper.builder()).build();

    private EventContent() {}

    /** The stored name. */
    public static String nameOf(EventMessage<?> event) {
        return event.getPayloadType() == UnknownSerializedType.class
                ? ((UnknownSerializedType) event.getPayload()).serializedType().getName()
                : MessageNames.nameOf(event.getPayloadType());
    }

    /** The payload, as it is stored. */
    public static JsonNode json(EventMessage<?> event) {
        return event.getPayload() instanceof UnknownSerializedType unknown
                ? unknown.readData(JsonNode.class)
                : JSON.valueToTree(event.getPayload());
    }
}
