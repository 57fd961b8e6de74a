package dev.muster.message;

import java.lang.reflect.Type;
import tools.jackson.databind.JsonNode;

/**
 * A query of the {@link MessageCatalog}.
 *
 * @param name the stored name: {@code FindTasks}
 * @param kebab the name in addresses: {@code find-tasks}
 * @param payload the record
 * @param result the type of the answer: a record, or a {@link Page} of records
 * @param schema of the payload's JSON, as an edge takes it; not to be changed
 * @param resultSchema of the answer's JSON; not to be changed
 */
public record QueryEntry(
        String name,
        String kebab,
        String description,
        Role role,
        Class<?> payload,
        Type result,
        JsonNode schema,
        JsonNode resultSchema)
        implements MessageEntry {

    /** Whether edges offer it; a query that needs {@link Role#SYSTEM} is offered by none. */
    public boolean offered() {
        return role != Role.SYSTEM;
    }

    /** Where it is offered over HTTP. */
    public String path() {
        return "/api/queries/" + kebab;
    }
}
