package dev.muster.mcp;

import io.modelcontextprotocol.spec.McpError;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * JSON as the SDK reads and writes it. What it reads was read by this edge before, within its bounds. Its transport writes the
 * exceptions that it answers with as they are, with their stack trace; here they are written as the JSON-RPC error that they
 * stand for.
 */
final class SdkJson {

    private SdkJson() {}

    static JsonMapper mapper() {
        return JsonMapper.builder()
                .addModule(new SimpleModule("muster-mcp-errors").addSerializer(McpError.class, new ErrorAsMessage()))
                .build();
    }

    private static final class ErrorAsMessage extends ValueSerializer<McpError> {

        @Override
        public void serialize(McpError error, JsonGenerator json, SerializationContext context) {
            var said = error.getJsonRpcError();
            var message = new RpcError(said.code(), 400, said.message(), null).toJson(null, said.code());
            json.writePOJO(message);
        }
    }
}
