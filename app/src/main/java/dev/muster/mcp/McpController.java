package dev.muster.mcp;

import dev.muster.app.MusterProperties;
import dev.muster.http.MessageBodies;
import dev.muster.http.RequestContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * The one address of MCP, for all revisions: each message goes to the binding of the revision that it says it is of. Nothing of
 * either is made before it is first asked for.
 */
@RestController
class McpController {

    private final ObjectProvider<SessionBinding> sessions;
    private final ObjectProvider<StatelessBinding> stateless;
    private final MessageBodies bodies;
    private final Origins origins;

    McpController(
            ObjectProvider<SessionBinding> sessions,
            ObjectProvider<StatelessBinding> stateless,
            MessageBodies bodies,
            MusterProperties properties) {
        this.sessions = sessions;
        this.stateless = stateless;
        this.bodies = bodies;
        this.origins = new Origins(Set.copyOf(properties.mcp().allowedOrigins()));
    }

    /** Null where the answer was written already. */
    @PostMapping("/mcp")
    @Nullable
    ResponseEntity<?> post(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException, InterruptedException {
        origins.check(request.getHeader("Origin"));
        var caller = RequestContext.ofMany(request);
        JsonNode id = null;
        try {
            var message = RpcMessage.read(bodies.bytes(request));
            id = message.id();
            if (isStateless(message, request.getHeader(RequestHeaders.VERSION))) {
                return stateless.getObject().post(message, request, caller);
            }
            sessions.getObject().post(message, request, response, caller);
            return null;
        } catch (RpcError e) {
            return StatelessBinding.json(e.status(), e.toJson(id, e.code()));
        }
    }

    private boolean isStateless(RpcMessage message, @Nullable String version) {
        return RequestHeaders.areOf(message)
                || version != null && !sessions.getObject().versions().contains(version);
    }

    @GetMapping("/mcp")
    @Nullable
    ResponseEntity<?> listen(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        return inSession(request, caller -> sessions.getObject().listen(request, response, caller));
    }

    @DeleteMapping("/mcp")
    @Nullable
    ResponseEntity<?> end(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        return inSession(request, caller -> sessions.getObject().delete(request, response, caller));
    }

    /** What is done for a caller. */
    private interface Work {
        void doFor(RequestContext caller) throws IOException, ServletException;
    }

    private @Nullable ResponseEntity<?> inSession(HttpServletRequest request, Work work)
            throws IOException, ServletException {
        origins.check(request.getHeader("Origin"));
        var caller = RequestContext.ofMany(request);
        try {
            work.doFor(caller);
            return null;
        } catch (RpcError e) {
            return StatelessBinding.json(e.status(), e.toJson(null, e.code()));
        }
    }
}
