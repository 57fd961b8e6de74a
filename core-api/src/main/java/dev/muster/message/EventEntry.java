package dev.muster.message;

import tools.jackson.databind.JsonNode;

/**
 * An event of the {@link MessageCatalog}.
 *
 * @param name the stored name: {@code TaskAssigned}
 * @param revision of its shape; empty if it has none
 * @param payload the record
 * @param stored the schema of the stored JSON
 */
public record EventEntry(String name, String revision, Class<?> payload, LazySchema stored) implements MessageEntry {

    @Override
    public JsonNode schema() {
        return stored.json();
    }
}
