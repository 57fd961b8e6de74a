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
 * @param input the schema of the payload's JSON, as an edge takes it
 * @param output the schema of the answer's JSON
 */
public record QueryEntry(
        String name,
        String kebab,
        String description,
        Role role,
        Class<?> payload,
        Type result,
        LazySchema input,
        LazySchema output)
        implements MessageEntry {

    @Override
    public JsonNode schema() {
        return input.json();
    }

    /** The JSON Schema of the answer; not to be changed. */
    public JsonNode resultSchema() {
        return output.json();
    }

    /** Whether edges offer it; a query that needs {@link Role#SYSTEM} is offered by none. */
    public boolean offered() {
        return role != Role.SYSTEM;
    }

    /** Where it is offered over HTTP. */
    public String path() {
        return "/api/queries/" + kebab;
    }
}
