package dev.muster.mcp;

import dev.muster.app.MusterProperties;
import dev.muster.http.HttpProblem;
import dev.muster.http.RequestContext;
import dev.muster.http.Streams;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * The revision 2026-07-28, which no SDK for Java serves yet: each request says all that is needed to answer it, and what
 * clients follow is told in the answer to {@code subscriptions/listen}.
 */
@Component
@Lazy
class StatelessBinding {

    static final String VERSION = "2026-07-28";

    /** The list of tools, prompts and templates is the same for everybody until the server starts again. */
    private static final long HOUR = 3_600_000;

    private static final long BEAT_SECONDS = 15;

    private final Features features;
    private final SessionBinding older;
    private final Resources resources;
    private final Streams streams;
    private final int maxSubscriptions;
    private final Set<ListenStream> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "muster-mcp-beats");
        thread.setDaemon(true);
        return thread;
    });

    StatelessBinding(
            Features features,
            SessionBinding older,
            Resources resources,
            Streams streams,
            BeforeStop beforeStop,
            MusterProperties properties) {
        beforeStop.run(this::close);
        this.features = features;
        this.older = older;
        this.resources = resources;
        this.streams = streams;
        this.maxSubscriptions = properties.mcp().maxSubscriptions();
        beats.scheduleWithFixedDelay(
                () -> open.forEach(stream -> streams.threads().execute(stream::beat)),
                BEAT_SECONDS,
                BEAT_SECONDS,
                TimeUnit.SECONDS);
    }

    /** Answers a message: with one, or with a stream of them. */
    ResponseEntity<?> post(RpcMessage message, HttpServletRequest request, RequestContext caller)
            throws InterruptedException {
        RequestHeaders.check(message, request, versions());
        if (!message.isRequest()) {
            return ResponseEntity.accepted().build();
        }
        if (message.method().equals("subscriptions/listen")) {
            return listen(message, caller);
        }
        try {
            return json(200, result(message, answer(message, caller)));
        } catch (RpcError e) {
            var code = e.code() == RpcError.RESOURCE_NOT_FOUND ? RpcError.INVALID_PARAMS : e.code();
            return json(e.status(), e.toJson(message.id(), code));
        } catch (RuntimeException e) {
            throw RpcError.of(HttpProblem.of(e));
        }
    }

    private List<String> versions() {
        var versions = new ArrayList<String>();
        versions.add(VERSION);
        versions.addAll(older.versions());
        versions.sort(Comparator.reverseOrder());
        return versions;
    }

    private ObjectNode answer(RpcMessage message, RequestContext caller) throws InterruptedException {
        var method = message.method();
        if (method.equals("server/discover")) {
            return cached(discovery(), HOUR, "public");
        }
        var result = features.answer(method, message.params(), caller);
        return switch (method) {
            case "tools/list", "prompts/list", "resources/templates/list" -> cached(result, HOUR, "public");
            case "resources/list", "resources/read" -> cached(result, 0, "private");
            default -> result;
        };
    }

    private ObjectNode discovery() {
        var result = Json.object();
        var versions = result.putArray("supportedVersions");
        versions().forEach(versions::add);
        var capabilities = result.putObject("capabilities");
        capabilities.putObject("tools");
        capabilities.putObject("resources").put("subscribe", true);
        capabilities.putObject("prompts");
        return result.put("instructions", Features.INSTRUCTIONS);
    }

    private static ObjectNode cached(ObjectNode result, long millis, String scope) {
        return result.put("ttlMs", millis).put("cacheScope", scope);
    }

    private ObjectNode result(RpcMessage message, ObjectNode result) {
        result.put("resultType", "complete");
        result.putObject("_meta")
                .putObject("io.modelcontextprotocol/serverInfo")
                .put("name", Features.NAME)
                .put("version", features.version());
        var json = Json.object().put("jsonrpc", "2.0");
        json.set("id", message.id());
        json.set("result", result);
        return json;
    }

    private ResponseEntity<?> listen(RpcMessage message, RequestContext caller) throws InterruptedException {
        var wanted = ListenStream.wanted(message.params(), maxSubscriptions);
        var stream = new ListenStream(message.id(), resources, streams, maxSubscriptions, open::remove);
        open.add(stream);
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .header("Cache-Control", "no-cache")
                .header("X-Accel-Buffering", "no")
                .body(stream.begin(caller.actor(), wanted));
    }

    static ResponseEntity<byte[]> json(int status, ObjectNode message) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Json.MAPPER.writeValueAsBytes(message));
    }

    private void close() {
        beats.shutdownNow();
        open.forEach(ListenStream::end);
    }
}
