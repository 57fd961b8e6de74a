package dev.muster.message;

import tools.jackson.databind.JsonNode;

/** A message of the {@link MessageCatalog}. */
public sealed interface MessageEntry permits CommandEntry, QueryEntry, EventEntry {

    /** The stored name: {@code ClaimTask}. */
    String name();

    /** The record. */
    Class<?> payload();

    /** The JSON Schema of the payload, made when it is first asked for; not to be changed. */
    JsonNode schema();
}
