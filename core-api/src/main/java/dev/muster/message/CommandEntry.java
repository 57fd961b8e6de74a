package dev.muster.message;

import java.lang.reflect.Type;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A command of the {@link MessageCatalog}.
 *
 * @param name the stored name: {@code ClaimTask}
 * @param kebab the name in addresses: {@code claim-task}
 * @param payload the record
 * @param target the field that names the aggregate; none if the command is not for a single one
 * @param creates whether it may create its target, so that the target's identifier may be left out
 * @param result the type of the answer; none if the command only says that it was done
 * @param input the schema of the payload's JSON, as an edge takes it
 * @param output the schema of the result's JSON
 */
public record CommandEntry(
        String name,
        String kebab,
        String description,
        Role role,
        Class<?> payload,
        Optional<Target> target,
        boolean creates,
        Optional<Type> result,
        LazySchema input,
        Optional<LazySchema> output)
        implements MessageEntry {

    /** The field of a command that names the aggregate it is for, and the type of that identifier. */
    public record Target(String field, Class<?> type) {}

    @Override
    public JsonNode schema() {
        return input.json();
    }

    /** The JSON Schema of the result; not to be changed. */
    public Optional<JsonNode> resultSchema() {
        return output.map(LazySchema::json);
    }

    /** Whether edges offer it; a command that needs {@link Role#SYSTEM} is offered by none. */
    public boolean offered() {
        return role != Role.SYSTEM;
    }

    /** Where it is offered over HTTP. */
    public String path() {
        return "/api/commands/" + kebab;
    }
}
