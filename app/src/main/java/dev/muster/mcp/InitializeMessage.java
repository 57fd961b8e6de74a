package dev.muster.mcp;

import tools.jackson.databind.node.ObjectNode;

/** The first message of a session, with what is read of it and nothing else, so that all of it is of the right type. */
final class InitializeMessage {

    private static final int MAX_NAME = 200;

    private InitializeMessage() {}

    /** @throws RpcError if it does not say which revision it wants */
    static ObjectNode of(RpcMessage message) {
        var given = message.params();
        var params = Json.object();
        params.put("protocolVersion", Json.required(given, "protocolVersion"));
        params.putObject("capabilities");
        var client = Json.objectIn(given, "clientInfo");
        params.putObject("clientInfo").put("name", text(client, "name")).put("version", text(client, "version"));
        var json = Json.object().put("jsonrpc", "2.0").put("method", "initialize");
        json.set("id", message.id());
        json.set("params", params);
        return json;
    }

    private static String text(ObjectNode client, String field) {
        var text = Json.optional(client, field).orElse("unknown");
        return text.substring(0, Math.min(text.length(), MAX_NAME));
    }
}
