package dev.muster.message;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The catalog as clients read it: what edges offer, and every event. */
final class CatalogJson {

    private CatalogJson() {}

    static JsonNode of(MessageCatalog catalog) {
        var json = JsonNodeFactory.instance.objectNode();
        var commands = json.putArray("commands");
        catalog.commands().stream().filter(CommandEntry::offered).forEach(c -> commands.add(command(c)));
        var queries = json.putArray("queries");
        catalog.queries().stream().filter(QueryEntry::offered).forEach(q -> queries.add(query(q)));
        var events = json.putArray("events");
        catalog.events().forEach(e -> events.add(event(e)));
        return json;
    }

    private static ObjectNode command(CommandEntry command) {
        var json = entry(command)
                .put("path", command.path())
                .put("description", command.description())
                .put("role", name(command.role()))
                .put("creates", command.creates());
        command.target().ifPresent(target -> json.put("target", target.field()));
        json.set("schema", command.schema());
        command.resultSchema().ifPresent(result -> json.set("result", result));
        return json;
    }

    private static ObjectNode query(QueryEntry query) {
        var json = entry(query)
                .put("path", query.path())
                .put("description", query.description())
                .put("role", name(query.role()));
        json.set("schema", query.schema());
        json.set("result", query.resultSchema());
        return json;
    }

    private static ObjectNode event(EventEntry event) {
        var json = entry(event).put("revision", event.revision());
        json.set("schema", event.schema());
        return json;
    }

    private static ObjectNode entry(MessageEntry entry) {
        return JsonNodeFactory.instance.objectNode().put("name", entry.name());
    }

    private static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
