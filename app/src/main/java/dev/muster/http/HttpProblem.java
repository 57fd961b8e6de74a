package dev.muster.http;

import dev.muster.message.JsonMappers;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.databind.json.JsonMapper;

/** Turns what went wrong into problem details (RFC 9457). What nobody foresaw is logged, and told without its innards. */
@RestControllerAdvice
public class HttpProblem {

    private static final Logger LOG = LoggerFactory.getLogger(HttpProblem.class);
    private static final JsonMapper JSON = JsonMappers.edges();

    @ExceptionHandler
    void handle(Throwable failure, HttpServletResponse response) throws IOException {
        if (!response.isCommitted()) {
            write(of(failure), response);
        }
    }

    static void write(Problem problem, HttpServletResponse response) throws IOException {
        response.reset();
        response.setStatus(problem.status());
        response.setContentType("application/problem+json");
        if (problem.extras().get("retryAfterSeconds") instanceof Number seconds) {
            response.setHeader("Retry-After", seconds.toString());
        }
        if (problem.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", challenge(problem));
        }
        response.getOutputStream().write(JSON.writeValueAsBytes(toJson(problem)));
    }

    /** As RFC 6750 has it: of a request without a token nothing is told but what is wanted. */
    private static String challenge(Problem problem) {
        return problem.code().equals("token-missing")
                ? "Bearer realm=\"muster\""
                : "Bearer realm=\"muster\", error=\"invalid_token\"";
    }

    public static Map<String, Object> toJson(Problem problem) {
        var json = new LinkedHashMap<String, Object>();
        json.put("type", "urn:muster:problem:" + problem.code());
        json.put("title", problem.title());
        json.put("status", problem.status());
        json.put("detail", problem.detail());
        new TreeMap<>(problem.extras()).forEach(json::putIfAbsent);
        return json;
    }

    /** What is to be told of a failure. */
    public static Problem of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return refusal.problem();
            }
            if (cause instanceof ConcurrencyException) {
                return new Problem(
                        "concurrent-change",
                        "Somebody else changed the same at the same moment",
                        409,
                        "Somebody else changed the same at the same moment, again and again. Send the command again.");
            }
            if (isUnreachable(cause)) {
                LOG.warn("Axon Server can't be reached: {}", cause.getMessage());
                return new Problem(
                        "log-unreachable",
                        "The log can't be reached",
                        503,
                        "Axon Server, which keeps the log, can't be reached. Whether a command was carried out can be"
                                + " seen by repeating it with its idempotency key.",
                        Map.of("retryAfterSeconds", 1));
            }
            if (cause instanceof InterruptedException) {
                return new Problem(
                        "server-stopping",
                        "The server stops",
                        503,
                        "The server stops, and waits for nothing any more. Send the request again, a command with its"
                                + " idempotency key.",
                        Map.of("retryAfterSeconds", 5));
            }
            if (cause instanceof ErrorResponse known) {
                return ofSpring(known);
            }
        }
        LOG.error("A request failed", failure);
        return new Problem(
                "internal-error",
                "Something went wrong inside",
                500,
                "Something went wrong inside; the server's log says what. Whether a command was carried out can be seen"
                        + " by repeating it with its idempotency key.");
    }

    /** Axon Server is away, or is back and has not been told again which commands are handled here. */
    private static boolean isUnreachable(Throwable cause) {
        return cause instanceof NoHandlerForCommandException
                || cause instanceof StatusRuntimeException call
                        && call.getStatus().getCode() == Status.Code.UNAVAILABLE;
    }

    private static Problem ofSpring(ErrorResponse known) {
        var status = known.getStatusCode().value();
        var body = known.getBody();
        var title = body.getTitle() == null ? "The request can't be answered" : body.getTitle();
        var code =
                switch (status) {
                    case 404 -> "no-such-path";
                    case 405 -> "method-not-allowed";
                    case 406 -> "not-acceptable";
                    case 415 -> "unsupported-media-type";
                    default -> "bad-request";
                };
        var detail = body.getDetail() == null ? title : body.getDetail();
        return new Problem(code, title, status, detail + " The catalog of what there is: GET /api/catalog.");
    }

    /** An answer in JSON, as all edges write it. */
    static ResponseEntity<byte[]> json(ResponseEntity.BodyBuilder answer, Object body) {
        return answer.header("Content-Type", "application/json").body(JSON.writeValueAsBytes(body));
    }

    static byte[] bytes(Object body) {
        return JSON.writeValueAsBytes(body);
    }
}
