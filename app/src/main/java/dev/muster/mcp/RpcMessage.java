package dev.muster.mcp;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON-RPC message of a client: a request has a method and an identifier, a notification only a method, an answer to the
 * server's own request only an identifier.
 *
 * @param params empty if left out
 * @param json the whole message
 */
record RpcMessage(@Nullable JsonNode id, @Nullable String method, ObjectNode params, ObjectNode json) {

    /** @throws RpcError if it is none */
    static RpcMessage read(byte[] body) {
        if (!(parse(body) instanceof ObjectNode json)) {
            throw RpcError.invalidRequest("The body must be one JSON-RPC message, an object.");
        }
        if (!"2.0".equals(json.path("jsonrpc").asString(""))) {
            throw RpcError.invalidRequest("jsonrpc must be \"2.0\".");
        }
        var id = json.get("id");
        if (id != null && !id.isString() && !id.isIntegralNumber()) {
            throw RpcError.invalidRequest("id must be a text or a whole number.");
        }
        var method = json.get("method");
        if (method != null && !method.isString()) {
            throw RpcError.invalidRequest("method must be a text.");
        }
        if (method == null && id == null) {
            throw RpcError.invalidRequest("A message has a method, an id, or both.");
        }
        var params = json.get("params");
        if (params != null && !(params instanceof ObjectNode)) {
            throw RpcError.invalidRequest("params must be an object.");
        }
        return new RpcMessage(
                id,
                method == null ? null : method.stringValue(),
                params == null ? Json.object() : (ObjectNode) params,
                json);
    }

    private static JsonNode parse(byte[] body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw new RpcError(
                    RpcError.PARSE_ERROR, 400, "The body is not valid JSON: " + e.getOriginalMessage() + ".", null);
        }
    }

    boolean isRequest() {
        return method != null && id != null;
    }

    boolean isResponse() {
        return method == null;
    }

    /** What the request says about itself; empty if it says nothing. */
    ObjectNode meta() {
        return params.get("_meta") instanceof ObjectNode meta ? meta : Json.object();
    }
}
