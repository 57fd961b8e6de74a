package dev.muster.a2a;

import dev.muster.message.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a request is answered with instead of a result. It has no stack trace: it is an answer, not a fault. */
final class A2aError extends RuntimeException {

    private static final String ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo";
    private static final String BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest";

    private final ErrorCode code;
    private final int status;
    private final transient ArrayNode details;

    private A2aError(ErrorCode code, int status, String message, ArrayNode details) {
        super(message, null, false, false);
        this.code = code;
        this.status = status;
        this.details = details;
    }

    /** An error that A2A, or JSON-RPC, has a name for. */
    static A2aError of(ErrorCode code, String message, Map<String, String> metadata) {
        return new A2aError(code, 200, message, info(code.name(), "a2a-protocol.org", metadata));
    }

    static A2aError of(ErrorCode code, String message) {
        return of(code, message, Map.of());
    }

    static A2aError malformed(ErrorCode code, String message) {
        return new A2aError(code, 400, message, Json.array());
    }

    static A2aError invalid(String field, String fault) {
        return new A2aError(
                ErrorCode.INVALID_PARAMS,
                200,
                field + " " + fault + ".",
                violations(List.of(Map.of("field", field, "fault", fault))));
    }

    static A2aError taskNotFound(String id) {
        return of(
                ErrorCode.TASK_NOT_FOUND,
                "There is no task " + id + ". Identifiers are made here: take the one that SendMessage answered.",
                Map.of("taskId", id));
    }

    /** The refusal of a command or query. Who may not do what, and what is no fault of the request, have their status. */
    static A2aError of(Problem problem) {
        var status = problem.status();
        if (problem.extras().get("fields") instanceof List<?> fields) {
            return new A2aError(ErrorCode.INVALID_PARAMS, 200, problem.detail(), violations(fields));
        }
        var code = status >= 500 || status == 429
                ? ErrorCode.INTERNAL_ERROR
                : status == 401 || status == 403 ? ErrorCode.NOT_ALLOWED : ErrorCode.INVALID_PARAMS;
        return new A2aError(code, code == ErrorCode.INVALID_PARAMS ? 200 : status, problem.detail(), refused(problem));
    }

    /** The refusal of a command, under a name that A2A has for it. */
    static A2aError of(ErrorCode code, Problem problem) {
        var details = info(code.name(), "a2a-protocol.org", Map.of());
        details.addAll(refused(problem));
        return new A2aError(code, 200, problem.detail(), details);
    }

    private static ArrayNode refused(Problem problem) {
        return info(
                problem.code().toUpperCase(Locale.ROOT).replace('-', '_'),
                "muster",
                Map.of("type", "urn:muster:problem:" + problem.code()));
    }

    private static ArrayNode info(String reason, String domain, Map<String, String> metadata) {
        var details = Json.array();
        var info = details.addObject()
                .put("@type", ERROR_INFO)
                .put("reason", reason)
                .put("domain", domain);
        if (!metadata.isEmpty()) {
            metadata.forEach(info.putObject("metadata")::put);
        }
        return details;
    }

    private static ArrayNode violations(List<?> fields) {
        var details = Json.array();
        var violations = details.addObject().put("@type", BAD_REQUEST).putArray("fieldViolations");
        for (var field : fields) {
            var fault = Json.tree(field);
            violations
                    .addObject()
                    .put("field", fault.path("field").asString(""))
                    .put("description", fault.path("fault").asString(""));
        }
        return details;
    }

    /** Of HTTP: 200 for what the method itself says. */
    int status() {
        return status;
    }

    /** The whole answer; its identifier is null where the request's could not be read. */
    ObjectNode toJson(@Nullable JsonNode id) {
        var answer = RpcRequest.answer(id);
        var error = answer.putObject("error").put("code", code.number()).put("message", getMessage());
        if (!details.isEmpty()) {
            error.set("data", details);
        }
        return answer;
    }
}
