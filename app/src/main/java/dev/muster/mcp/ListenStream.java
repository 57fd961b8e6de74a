package dev.muster.mcp;

import dev.muster.http.Streams;
import dev.muster.message.Actor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The answer to {@code subscriptions/listen}: what is honored, then a notice of each change, until either side ends it. */
final class ListenStream {

    private static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";

    private final JsonNode id;
    private final SseEmitter emitter;
    private final Watches watches;
    private final Outbox outbox;

    /** @throws dev.muster.message.Refusal if as many streams are open as may be */
    ListenStream(JsonNode id, Resources resources, Streams streams, int max, Consumer<ListenStream> atEnd) {
        this.id = id;
        this.outbox = new Outbox(streams.threads(), this::tell);
        this.watches = new Watches(resources, outbox, max);
        this.emitter = streams.open(() -> {
            watches.close();
            atEnd.accept(this);
        });
    }

    /**
     * The resources that a request wants to follow.
     *
     * @throws RpcError if they are not told as they should be, or are too many
     */
    static List<String> wanted(ObjectNode params, int max) {
        var wanted = new ArrayList<String>();
        var uris = Json.objectIn(params, "notifications").get("resourceSubscriptions");
        if (uris != null && !(uris instanceof ArrayNode)) {
            throw RpcError.invalidParams("params.notifications.resourceSubscriptions must be a list of addresses.");
        }
        if (uris != null) {
            if (uris.size() > max) {
                throw Watches.tooMany(max);
            }
            uris.forEach(uri -> wanted.add(uri.asString("")));
        }
        return wanted;
    }

    /** Follows what is there of these, and says so first; lists of tools, prompts and resources are not followed. */
    SseEmitter begin(Actor actor, List<String> wanted) throws InterruptedException {
        var followed = Json.object();
        var honored = followed.putArray("resourceSubscriptions");
        for (var uri : wanted) {
            try {
                watches.add(actor, uri);
                honored.add(uri);
            } catch (RpcError e) {
                // What is not there can't be followed; that it is not named tells the client.
            }
        }
        var params = meta(Json.object());
        params.set("notifications", wanted.isEmpty() ? Json.object() : followed);
        send(notification("notifications/subscriptions/acknowledged", params));
        outbox.open();
        return emitter;
    }

    private boolean tell(String uri) {
        return send(notification("notifications/resources/updated", meta(Watches.notice(uri))));
    }

    /** A comment, by which a client that went away is found. */
    void beat() {
        try {
            emitter.send(SseEmitter.event().comment(""));
        } catch (IOException | IllegalStateException e) {
            emitter.completeWithError(e);
        }
    }

    /** Says that the server ends it. */
    void end() {
        var message = Json.object().put("jsonrpc", "2.0");
        message.set("id", id);
        message.set("result", meta(Json.object().put("resultType", "complete")));
        if (send(message)) {
            emitter.complete();
        }
    }

    private ObjectNode meta(ObjectNode params) {
        params.putObject("_meta").set(SUBSCRIPTION, id);
        return params;
    }

    private static ObjectNode notification(String method, ObjectNode params) {
        var message = Json.object().put("jsonrpc", "2.0").put("method", method);
        message.set("params", params);
        return message;
    }

    private boolean send(ObjectNode message) {
        try {
            emitter.send(SseEmitter.event().name("message").data(Json.text(message)));
            return true;
        } catch (IOException | IllegalStateException e) {
            emitter.completeWithError(e);
            return false;
        }
    }
}
