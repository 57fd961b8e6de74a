package dev.muster.mcp;

import dev.muster.message.Actor;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.queryhandling.SubscriptionQueryResult;
import tools.jackson.databind.node.ObjectNode;

/** The resources that one client follows, of which there may be so many; each change goes to an outbox. */
final class Watches implements AutoCloseable {

    private final Resources resources;
    private final Outbox outbox;
    private final int max;
    private final Map<String, SubscriptionQueryResult<?, ?>> open = new HashMap<>();
    private boolean closed;

    Watches(Resources resources, Outbox outbox, int max) {
        this.resources = resources;
        this.outbox = outbox;
        this.max = max;
    }

    /**
     * Follows a resource; one that is followed already stays so.
     *
     * @throws RpcError if it isn't there, or too many are followed
     */
    synchronized void add(Actor actor, String uri) throws InterruptedException {
        if (closed || open.containsKey(uri)) {
            return;
        }
        if (open.size() >= max) {
            throw tooMany(max);
        }
        var followed = resources.follow(actor, uri);
        open.put(uri, followed);
        followed.updates().subscribe(change -> outbox.changed(uri), failure -> ended(uri));
    }

    static RpcError tooMany(int max) {
        return RpcError.invalidParams("There may be " + max
                + " subscriptions here. Unsubscribe from what has ended, or raise muster.mcp.max-subscriptions.");
    }

    /** What follows no more is told of once, so that the client reads it and sees for itself. */
    private synchronized void ended(String uri) {
        open.remove(uri);
        outbox.changed(uri);
    }

    synchronized void remove(String uri) {
        var followed = open.remove(uri);
        if (followed != null) {
            followed.cancel();
        }
        outbox.forget(uri);
    }

    @Override
    public synchronized void close() {
        closed = true;
        open.values().forEach(SubscriptionQueryResult::cancel);
        open.clear();
    }

    /** What a client is told of a change. */
    static ObjectNode notice(String uri) {
        return Json.object().put("uri", uri);
    }
}
