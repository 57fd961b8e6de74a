package dev.muster.mcp;

import dev.muster.http.HttpProblem;
import dev.muster.message.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a JSON-RPC request is answered with instead of a result. It has no stack trace: it is an answer, not a fault. */
final class RpcError extends RuntimeException {

    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL_ERROR = -32603;
    /** Up to 2025-11-25; what a resource that isn't there is answered with since is {@link #INVALID_PARAMS}. */
    static final int RESOURCE_NOT_FOUND = -32002;

    static final int HEADER_MISMATCH = -32020;
    static final int UNSUPPORTED_VERSION = -32022;

    private final int code;
    private final int status;
    private final transient @Nullable JsonNode data;

    /** @param status of HTTP; 200 for what is said by the method itself and not by the transport */
    RpcError(int code, int status, String message, @Nullable JsonNode data) {
        super(message, null, false, false);
        this.code = code;
        this.status = status;
        this.data = data;
    }

    static RpcError invalidRequest(String message) {
        return new RpcError(INVALID_REQUEST, 400, message, null);
    }

    static RpcError invalidParams(String message) {
        return new RpcError(INVALID_PARAMS, 200, message, null);
    }

    static RpcError methodNotFound(String method) {
        return new RpcError(METHOD_NOT_FOUND, 404, "There is no method " + method + " here.", null);
    }

    static RpcError headerMismatch(String message) {
        return new RpcError(HEADER_MISMATCH, 400, message, null);
    }

    static RpcError of(Problem problem) {
        var code = problem.status() < 500 ? INVALID_PARAMS : INTERNAL_ERROR;
        return new RpcError(code, 200, problem.detail(), Json.tree(HttpProblem.toJson(problem)));
    }

    static RpcError resourceNotFound(String uri, String detail) {
        return new RpcError(
                RESOURCE_NOT_FOUND,
                200,
                detail,
                JsonNodeFactory.instance.objectNode().put("uri", uri));
    }

    int code() {
        return code;
    }

    int status() {
        return status;
    }

    @Nullable
    JsonNode data() {
        return data;
    }

    /** The whole message; without an identifier where the request's could not be read. */
    ObjectNode toJson(@Nullable JsonNode id, int knownAs) {
        var json = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        if (id != null) {
            json.set("id", id);
        }
        var error = json.putObject("error").put("code", knownAs).put("message", getMessage());
        if (data != null) {
            error.set("data", data);
        }
        return json;
    }
}
