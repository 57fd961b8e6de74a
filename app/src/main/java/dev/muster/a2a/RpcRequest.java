package dev.muster.a2a;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A JSON-RPC request. A2A has no notifications and no lists of requests. */
record RpcRequest(JsonNode id, String method, Params params) {

    /** @throws A2aError if it is no JSON */
    static JsonNode parse(byte[] body) {
        try {
            var json = Json.MAPPER.readTree(body);
            if (json.isMissingNode()) {
                throw A2aError.malformed(ErrorCode.PARSE_ERROR, "The body is empty.");
            }
            return json;
        } catch (JacksonException e) {
            throw A2aError.malformed(
                    ErrorCode.PARSE_ERROR, "The body is not valid JSON: " + e.getOriginalMessage() + ".");
        }
    }

    /** The identifier of a request, as far as there is one; the answer to anything has it. */
    static @Nullable JsonNode idOf(JsonNode json) {
        var id = json.get("id");
        return id != null && (id.isString() || id.isIntegralNumber()) ? id : null;
    }

    /** @throws A2aError if it is none */
    static RpcRequest of(JsonNode body) {
        if (!(body instanceof ObjectNode json)) {
            throw invalid("The body must be one JSON-RPC request, an object.");
        }
        if (!"2.0".equals(json.path("jsonrpc").asString(""))) {
            throw invalid("jsonrpc must be \"2.0\".");
        }
        var id = idOf(json);
        if (id == null) {
            throw invalid("id must be a text or a whole number.");
        }
        var method = json.get("method");
        if (method == null || !method.isString()) {
            throw invalid("method must be a text.");
        }
        var params = json.get("params");
        if (params != null && !params.isNull() && !params.isObject()) {
            throw invalid("params must be an object.");
        }
        return new RpcRequest(
                id, method.stringValue(), new Params(params instanceof ObjectNode object ? object : Json.object(), ""));
    }

    private static A2aError invalid(String message) {
        return A2aError.malformed(ErrorCode.INVALID_REQUEST, message);
    }

    /** The beginning of each answer. */
    static ObjectNode answer(@Nullable JsonNode id) {
        var json = Json.object().put("jsonrpc", "2.0");
        json.set("id", id == null ? JsonNodeFactory.instance.nullNode() : id);
        return json;
    }

    ObjectNode answer(ObjectNode result) {
        var json = answer(id);
        json.set("result", result);
        return json;
    }
}
