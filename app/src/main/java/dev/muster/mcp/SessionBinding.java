package dev.muster.mcp;

import dev.muster.app.MusterProperties;
import dev.muster.http.HttpProblem;
import dev.muster.http.RequestContext;
import dev.muster.http.Streams;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpRequestHandler;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.DefaultMcpStreamableServerSessionFactory;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * The revisions of the protocol that begin with {@code initialize} and have sessions, up to 2025-11-25: the transport and its
 * sessions are the SDK's, the methods are those of {@link Features}, and added are bounds, the owner of a session, and
 * subscriptions.
 *
 * <p>A session remembers the actor who opened it only to be denied to others. Who acts is said by each request.
 */
@Component
@Lazy
class SessionBinding {

    private static final Logger LOG = LoggerFactory.getLogger(SessionBinding.class);
    private static final String SESSION_HEADER = "Mcp-Session-Id";
    private static final String CALLER = RequestContext.class.getName();
    private static final String UPDATED = "notifications/resources/updated";

    /** After which a client that listens is asked whether it still does; one that went away in silence is found by it. */
    private static final Duration PING = Duration.ofSeconds(30);
    /** How long a client may take to answer that. */
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final HttpServletStreamableServerTransportProvider transport;
    private final Features features;
    private final Resources resources;
    private final Streams streams;
    private final MusterProperties.Mcp limits;
    private final Semaphore free;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    /** What is known of a session besides what the SDK knows. */
    private record Session(String owner, Watches watches, Outbox outbox) {}

    SessionBinding(
            Features features,
            Resources resources,
            Streams streams,
            BeforeStop beforeStop,
            MusterProperties properties) {
        beforeStop.run(this::close);
        this.features = features;
        this.resources = resources;
        this.streams = streams;
        this.limits = properties.mcp();
        this.free = new Semaphore(limits.maxSessions());
        this.transport = transport(properties);
        transport.setSessionFactory(new DefaultMcpStreamableServerSessionFactory(
                ANSWER,
                this::initialize,
                handlers(),
                Map.of(
                        "notifications/initialized", (exchange, params) -> Mono.empty(),
                        "notifications/cancelled", (exchange, params) -> Mono.empty()),
                id -> Mono.fromRunnable(() -> close(id))));
    }

    /**
     * The SDK's threads would be the web server's, which complains of those that it finds when it stops: they are made as
     * threads of the application.
     */
    private static HttpServletStreamableServerTransportProvider transport(MusterProperties properties) {
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        thread.setContextClassLoader(SessionBinding.class.getClassLoader());
        try {
            return HttpServletStreamableServerTransportProvider.builder()
                    .jsonMapper(new JacksonMcpJsonMapper(SdkJson.mapper()))
                    .maxRequestSize(properties.http().maxBodyBytes())
                    .contextExtractor(
                            request -> McpTransportContext.create(Map.of(CALLER, request.getAttribute(CALLER))))
                    .sessionSweepInterval(properties.mcp().sessionIdle())
                    .keepAliveInterval(PING)
                    .build();
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    /** The revisions that are spoken here, the oldest first. */
    List<String> versions() {
        return transport.protocolVersions();
    }

    private Map<String, McpRequestHandler<?>> handlers() {
        var handlers = new HashMap<String, McpRequestHandler<?>>();
        Features.METHODS.forEach(method -> handlers.put(
                method,
                handler((exchange, params) -> features.answer(method, params, caller(exchange.transportContext())))));
        handlers.put("ping", handler((exchange, params) -> Json.object()));
        handlers.put("resources/subscribe", handler((exchange, params) -> {
            var actor = caller(exchange.transportContext()).actor();
            session(exchange).watches().add(actor, Json.required(params, "uri"));
            return Json.object();
        }));
        handlers.put("resources/unsubscribe", handler((exchange, params) -> {
            session(exchange).watches().remove(Json.required(params, "uri"));
            return Json.object();
        }));
        return handlers;
    }

    /** What a method does. */
    private interface Method {
        ObjectNode answer(McpAsyncServerExchange exchange, ObjectNode params) throws InterruptedException;
    }

    private static McpRequestHandler<ObjectNode> handler(Method method) {
        return (exchange, params) -> Mono.fromCallable(() -> {
            try {
                return method.answer(exchange, Json.tree(params) instanceof ObjectNode given ? given : Json.object());
            } catch (RpcError e) {
                throw asSdk(e);
            } catch (RuntimeException e) {
                throw asSdk(RpcError.of(HttpProblem.of(e)));
            }
        });
    }

    private static McpError asSdk(RpcError error) {
        return new McpError(new McpSchema.JSONRPCResponse.JSONRPCError(error.code(), error.getMessage(), error.data()));
    }

    private static RequestContext caller(McpTransportContext context) {
        return (RequestContext) context.get(CALLER);
    }

    private Session session(McpAsyncServerExchange exchange) {
        var session = sessions.get(exchange.sessionId());
        if (session == null) {
            throw RpcError.invalidRequest("The session has ended.");
        }
        return session;
    }

    private Mono<McpSchema.InitializeResult> initialize(McpSchema.InitializeRequest request) {
        var known = versions();
        var version =
                known.contains(request.protocolVersion()) ? request.protocolVersion() : known.get(known.size() - 1);
        var capabilities = McpSchema.ServerCapabilities.builder()
                .tools(false)
                .resources(true, false)
                .prompts(false)
                .build();
        var server = McpSchema.Implementation.builder(Features.NAME, features.version())
                .build();
        return Mono.just(new McpSchema.InitializeResult(version, capabilities, server, Features.INSTRUCTIONS));
    }

    /** Answers a message: a request in a stream of its own, all else at once. */
    void post(RpcMessage message, HttpServletRequest request, HttpServletResponse response, RequestContext caller)
            throws ServletException, IOException {
        if ("initialize".equals(message.method()) && message.isRequest()) {
            open(message, request, response, caller);
        } else {
            serve(new BodyRequest(request, message.json()), response, caller);
        }
    }

    private void open(
            RpcMessage message, HttpServletRequest request, HttpServletResponse response, RequestContext caller)
            throws ServletException, IOException {
        var begin = new BodyRequest(request, InitializeMessage.of(message));
        if (!free.tryAcquire()) {
            throw new Refusal(new Problem(
                    "too-many-sessions",
                    "As many sessions are open as may be",
                    503,
                    "There are " + limits.maxSessions()
                            + " MCP sessions open. End one, or raise muster.mcp.max-sessions.",
                    Map.of("retryAfterSeconds", 5)));
        }
        request.setAttribute(CALLER, caller);
        var begun = false;
        try {
            transport.service(begin, response);
            var id = response.getHeader(SESSION_HEADER);
            if (id != null) {
                sessions.put(id, session(id, caller));
                begun = true;
            }
        } finally {
            if (!begun) {
                free.release();
            }
        }
    }

    private Session session(String id, RequestContext caller) {
        var outbox = new Outbox(streams.threads(), uri -> tell(id, uri));
        return new Session(caller.actor().name(), new Watches(resources, outbox, limits.maxSubscriptions()), outbox);
    }

    /** A stream of what the server says by itself; what could not be told before is told there. */
    void listen(HttpServletRequest request, HttpServletResponse response, RequestContext caller)
            throws ServletException, IOException {
        var session = serve(answeredAtOnce(request, response), response, caller);
        if (request.isAsyncStarted()) {
            endWithToken(request.getAsyncContext());
            session.outbox().open();
        }
    }

    /** The SDK would answer with the first notice, and many a client waits for the answer before it goes on. */
    private static HttpServletRequest answeredAtOnce(HttpServletRequest request, HttpServletResponse response) {
        return new HttpServletRequestWrapper(request) {
            @Override
            public AsyncContext startAsync() {
                try {
                    response.flushBuffer();
                } catch (IOException e) {
                    LOG.debug("Who wanted to listen is gone", e);
                }
                return super.startAsync();
            }
        };
    }

    private void endWithToken(AsyncContext stream) {
        var ended = streams.endWithToken(() -> {
            try {
                stream.complete();
            } catch (IllegalStateException e) {
                LOG.debug("A stream had ended already", e);
            }
        });
        stream.addListener(new AsyncListener() {
            @Override
            public void onComplete(AsyncEvent event) {
                ended.run();
            }

            @Override
            public void onTimeout(AsyncEvent event) {}

            @Override
            public void onError(AsyncEvent event) {}

            @Override
            public void onStartAsync(AsyncEvent event) {}
        });
    }

    /** Ends a session. */
    void delete(HttpServletRequest request, HttpServletResponse response, RequestContext caller)
            throws ServletException, IOException {
        serve(request, response, caller);
    }

    private Session serve(HttpServletRequest request, HttpServletResponse response, RequestContext caller)
            throws ServletException, IOException {
        var id = request.getHeader(SESSION_HEADER);
        if (id == null) {
            throw RpcError.invalidRequest("The header " + SESSION_HEADER + " is required. Begin with initialize.");
        }
        var session = sessions.get(id);
        if (session == null || !session.owner().equals(caller.actor().name())) {
            throw new RpcError(
                    RpcError.INVALID_REQUEST, 404, "There is no such session. Begin a new one with initialize.", null);
        }
        request.setAttribute(CALLER, caller);
        transport.service(request, response);
        return session;
    }

    private boolean tell(String id, String uri) {
        try {
            transport.notifyClient(id, UPDATED, Watches.notice(uri)).block();
            return true;
        } catch (RuntimeException e) {
            // Nobody listens: it is told once somebody does.
            return false;
        }
    }

    private void close(String id) {
        var session = sessions.remove(id);
        if (session != null) {
            session.watches().close();
            free.release();
        }
    }

    private void close() {
        transport.closeGracefully().block(ANSWER);
    }
}
