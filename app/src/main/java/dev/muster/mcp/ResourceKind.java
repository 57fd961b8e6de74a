package dev.muster.mcp;

import dev.muster.message.EntityId;
import dev.muster.message.Kebab;
import dev.muster.message.MessageCatalog;
import dev.muster.message.QueryEntry;
import dev.muster.message.Role;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * A kind of entity that can be read as a resource: one whose feature has a query {@code Get…} with its identifier as the only
 * field. {@code GetTask(taskId)} makes {@code muster://task/{+taskId}}. If there is also a query {@code Find…} that can be asked
 * without any field and answers a page of items that begin with such an identifier, they are listed.
 *
 * @param name as it stands in addresses: {@code task}
 * @param field of the query that takes the identifier
 * @param find none if they can't be listed
 */
record ResourceKind(String name, QueryEntry get, String field, Optional<QueryEntry> find) {

    static final String SCHEME = "muster://";
    static final String MIME_TYPE = "application/json";

    /** All kinds, by name. */
    static List<ResourceKind> of(MessageCatalog catalog) {
        return offered(catalog).flatMap(get -> kind(get, catalog).stream()).toList();
    }

    private static Stream<QueryEntry> offered(MessageCatalog catalog) {
        return catalog.queries().stream().filter(entry -> entry.role() == Role.ANYBODY);
    }

    private static Optional<ResourceKind> kind(QueryEntry get, MessageCatalog catalog) {
        var fields = get.payload().getRecordComponents();
        if (!get.name().startsWith("Get") || fields.length != 1 || !isIdentifier(fields[0])) {
            return Optional.empty();
        }
        var find = offered(catalog)
                .filter(entry -> isListOf(entry, fields[0].getType()))
                .findFirst();
        return Optional.of(
                new ResourceKind(Kebab.of(get.name().substring("Get".length())), get, fields[0].getName(), find));
    }

    private static boolean isIdentifier(RecordComponent field) {
        return EntityId.class.isAssignableFrom(field.getType());
    }

    private static boolean isListOf(QueryEntry entry, Class<?> identifier) {
        return entry.name().startsWith("Find")
                && !entry.schema().has("required")
                && ToolSchemas.hasField(entry, "cursor")
                && entry.result() instanceof ParameterizedType page
                && page.getActualTypeArguments()[0] instanceof Class<?> item
                && item.isRecord()
                && item.getRecordComponents()[0].getType() == identifier;
    }

    /** The field of a listed item that is its identifier. */
    String itemField() {
        var page = (ParameterizedType) find.orElseThrow().result();
        return ((Class<?>) page.getActualTypeArguments()[0]).getRecordComponents()[0].getName();
    }

    String template() {
        return SCHEME + name + "/{+" + field + "}";
    }

    /** The address of one: characters that an address may not have are escaped, the slash of an identifier is kept. */
    String uri(String id) {
        var escaped = new StringBuilder(SCHEME).append(name).append('/');
        for (var each : id.getBytes(StandardCharsets.UTF_8)) {
            var c = (char) (each & 0xFF);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~/:@!$&'()*+,;=".indexOf(c) >= 0)) {
                escaped.append(c);
            } else {
                escaped.append('%').append(String.format("%02X", (int) c));
            }
        }
        return escaped.toString();
    }

    /** The identifier in an address of this kind; none if it is of another. */
    Optional<String> id(String uri) {
        var prefix = SCHEME + name + "/";
        if (!uri.startsWith(prefix) || uri.length() == prefix.length()) {
            return Optional.empty();
        }
        try {
            // A plus is itself in an address, and a blank only in a form.
            return Optional.of(
                    URLDecoder.decode(uri.substring(prefix.length()).replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The fields of the query for one. */
    ObjectNode fields(String id) {
        return Json.object().put(field, id);
    }

    ObjectNode describe() {
        return Json.object()
                .put("uriTemplate", template())
                .put("name", name)
                .put("description", get.description())
                .put("mimeType", MIME_TYPE);
    }

    /** Names of fields that an item may be called by. */
    static Optional<String> title(ObjectNode item) {
        return Arrays.asList("title", "displayName", "name").stream()
                .map(field -> item.path(field).asString(""))
                .filter(title -> !title.isEmpty())
                .findFirst();
    }
}
