package dev.muster.a2a;

import dev.muster.http.HttpProblem;
import dev.muster.http.MessageBodies;
import dev.muster.http.RequestContext;
import dev.muster.message.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The addresses of A2A: the card, which anybody may read, and the one of JSON-RPC. */
@RestController
class A2aController {

    private static final String VERSION = "A2A-Version";
    private static final String EXTENSIONS = "A2A-Extensions";

    private final Methods methods;
    private final MessageBodies bodies;

    A2aController(Methods methods, MessageBodies bodies) {
        this.methods = methods;
        this.bodies = bodies;
    }

    @GetMapping("/.well-known/agent-card.json")
    ResponseEntity<byte[]> card(HttpServletRequest request) {
        var base = ServletUriComponentsBuilder.fromContextPath(request).build().toUriString();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)))
                .contentType(MediaType.APPLICATION_JSON)
                .eTag(methods.version())
                .body(Json.MAPPER.writeValueAsBytes(AgentCard.at(base, methods.version())));
    }

    @PostMapping("/a2a")
    ResponseEntity<?> call(HttpServletRequest request) throws IOException, InterruptedException {
        var caller = RequestContext.ofMany(request);
        var body = bodies.bytes(request);
        JsonNode id = null;
        try {
            var json = RpcRequest.parse(body);
            id = RpcRequest.idOf(json);
            var call = RpcRequest.of(json);
            checkVersion(request);
            var result = methods.call(call, Optional.ofNullable(request.getHeader("Last-Event-ID")), caller);
            return result instanceof ObjectNode answer
                    ? json(200, call.answer(answer))
                    : ResponseEntity.ok()
                            .contentType(MediaType.TEXT_EVENT_STREAM)
                            .header("Cache-Control", "no-cache")
                            .header("X-Accel-Buffering", "no")
                            .header(EXTENSIONS, Extensions.POSITION)
                            .body(result);
        } catch (A2aError e) {
            return json(e.status(), e.toJson(id));
        } catch (RuntimeException e) {
            return refused(HttpProblem.of(e), id);
        }
    }

    /** An empty one means 0.3, as A2A has it (section 3.6.2); a patch does not count. */
    private static void checkVersion(HttpServletRequest request) {
        var version = given(request.getHeader(VERSION), request.getParameter(VERSION));
        if (!version.matches("1\\.0(\\.\\d+)?")) {
            throw A2aError.of(
                    ErrorCode.VERSION_NOT_SUPPORTED,
                    (version.isEmpty() ? "Without " + VERSION + " a request is of 0.3" : "A2A " + version)
                            + ", which is not spoken here. Send " + VERSION + ": " + AgentCard.PROTOCOL_VERSION + ".");
        }
    }

    private static String given(@Nullable String header, @Nullable String parameter) {
        return header != null ? header.strip() : parameter != null ? parameter.strip() : "";
    }

    private static ResponseEntity<byte[]> refused(Problem problem, @Nullable JsonNode id) {
        var error = A2aError.of(problem);
        var answer = ResponseEntity.status(error.status()).contentType(MediaType.APPLICATION_JSON);
        if (problem.extras().get("retryAfterSeconds") instanceof Number seconds) {
            answer.header("Retry-After", seconds.toString());
        }
        return answer.body(Json.MAPPER.writeValueAsBytes(error.toJson(id)));
    }

    private static ResponseEntity<byte[]> json(int status, ObjectNode answer) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Json.MAPPER.writeValueAsBytes(answer));
    }
}
