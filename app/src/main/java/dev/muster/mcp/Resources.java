package dev.muster.mcp;

import dev.muster.http.QueryAsker;
import dev.muster.message.Actor;
import dev.muster.message.MessageCatalog;
import dev.muster.message.QueryEntry;
import dev.muster.message.Refusal;
import java.util.List;
import java.util.Optional;
import org.axonframework.queryhandling.SubscriptionQueryResult;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Entities as resources: listed page by page, read as JSON, and followed. Whoever reads one sees what was done before, since a
 * resource is not told what has to be seen first, as a query is.
 */
@Component
@Lazy
class Resources {

    private final List<ResourceKind> kinds;
    private final QueryAsker asker;

    Resources(MessageCatalog catalog, QueryAsker asker) {
        this.kinds = ResourceKind.of(catalog);
        this.asker = asker;
    }

    ObjectNode templates() {
        var result = Json.object();
        var templates = result.putArray("resourceTemplates");
        kinds.forEach(kind -> templates.add(kind.describe()));
        return result;
    }

    /** A page of those that can be listed, kind after kind; its cursor is the kind and the cursor of that kind's query. */
    ObjectNode list(Actor actor, Optional<String> cursor) throws InterruptedException {
        var listed = kinds.stream().filter(kind -> kind.find().isPresent()).toList();
        var result = Json.object();
        var items = result.putArray("resources");
        var at = 0;
        Optional<String> inner = Optional.empty();
        if (cursor.isPresent()) {
            var parts = cursor.get().split(":", 2);
            at = (int) listed.stream()
                    .takeWhile(kind -> !kind.name().equals(parts[0]))
                    .count();
            if (parts.length < 2 || at == listed.size()) {
                throw RpcError.invalidParams("params.cursor is not one that was given. Begin without a cursor.");
            }
            inner = Optional.of(parts[1]).filter(text -> !text.isEmpty());
        }
        while (at < listed.size() && items.isEmpty()) {
            var kind = listed.get(at);
            var page = page(actor, kind.find().orElseThrow(), inner);
            page.withArray("items").forEach(item -> items.add(listed(kind, (ObjectNode) item)));
            inner = Optional.ofNullable(page.get("next")).map(next -> next.asString());
            if (inner.isEmpty()) {
                at++;
            }
        }
        if (at < listed.size()) {
            result.put("nextCursor", listed.get(at).name() + ":" + inner.orElse(""));
        }
        return result;
    }

    private ObjectNode page(Actor actor, QueryEntry find, Optional<String> cursor) throws InterruptedException {
        var fields = Json.object();
        cursor.ifPresent(text -> fields.put("cursor", text));
        try {
            return (ObjectNode) Json.tree(asker.ask(actor, find, asker.read(find, fields), QueryAsker.When.NOW)
                    .value());
        } catch (Refusal e) {
            throw RpcError.of(e.problem());
        }
    }

    private static ObjectNode listed(ResourceKind kind, ObjectNode item) {
        var id = item.path(kind.itemField()).asString("");
        var resource = Json.object().put("uri", kind.uri(id)).put("name", kind.name() + " " + id);
        ResourceKind.title(item).ifPresent(title -> resource.put("title", title));
        return resource.put("mimeType", ResourceKind.MIME_TYPE);
    }

    /** @throws RpcError if it isn't there */
    ObjectNode read(Actor actor, String uri) throws InterruptedException {
        var found = find(uri);
        asker.awaitHead();
        try {
            var get = found.kind().get();
            var answer = asker.ask(actor, get, asker.read(get, found.fields()), QueryAsker.When.NOW);
            var result = Json.object();
            result.putArray("contents")
                    .addObject()
                    .put("uri", uri)
                    .put("mimeType", ResourceKind.MIME_TYPE)
                    .put("text", Json.text(Json.tree(answer.value())));
            return result;
        } catch (Refusal e) {
            throw refused(uri, e);
        }
    }

    /**
     * Each change of a resource from now on; to be canceled by who asked.
     *
     * @throws RpcError if it isn't there
     */
    SubscriptionQueryResult<?, ?> follow(Actor actor, String uri) throws InterruptedException {
        var found = find(uri);
        asker.awaitHead();
        try {
            var get = found.kind().get();
            var followed = asker.follow(actor, get, asker.read(get, found.fields()));
            try {
                followed.initialResult().block();
                return followed;
            } catch (RuntimeException e) {
                followed.cancel();
                throw e;
            }
        } catch (Refusal e) {
            throw refused(uri, e);
        }
    }

    private static RpcError refused(String uri, Refusal refusal) {
        var problem = refusal.problem();
        return problem.status() == 404 ? RpcError.resourceNotFound(uri, problem.detail()) : RpcError.of(problem);
    }

    private record Found(ResourceKind kind, String id) {
        ObjectNode fields() {
            return kind.fields(id);
        }
    }

    private Found find(String uri) {
        return kinds.stream()
                .flatMap(kind -> kind.id(uri).map(id -> new Found(kind, id)).stream())
                .findFirst()
                .orElseThrow(() -> RpcError.resourceNotFound(
                        uri, "There is no resource " + uri + ". resources/templates/list says what they look like."));
    }
}
