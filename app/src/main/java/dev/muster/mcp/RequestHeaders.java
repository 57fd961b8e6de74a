package dev.muster.mcp;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request of the revision 2026-07-28 says about itself, in its headers as in its body: both are there and say the same,
 * so that who stands in between and reads the headers alone is not deceived.
 */
final class RequestHeaders {

    static final String VERSION = "MCP-Protocol-Version";

    private static final String META = "io.modelcontextprotocol/";
    private static final Pattern ENCODED = Pattern.compile("=\\?base64\\?(.*)\\?=", Pattern.DOTALL);

    /** Which field the name of a request is in, by its method. */
    private static final Map<String, String> NAMED =
            Map.of("tools/call", "name", "resources/read", "uri", "prompts/get", "name");

    private RequestHeaders() {}

    /** Whether a message says about itself what only this revision and later ones say. */
    static boolean areOf(RpcMessage message) {
        return message.meta().has(META + "protocolVersion");
    }

    /**
     * @param supported all revisions that the server speaks
     * @throws RpcError if something is missing, is of another revision, or says something else than the body
     */
    static void check(RpcMessage message, HttpServletRequest request, List<String> supported) {
        if (message.isResponse()) {
            throw RpcError.invalidRequest("A client sends requests and notifications, no responses.");
        }
        var version = header(request, VERSION);
        var said = message.meta().path(META + "protocolVersion").asString(version);
        if (!version.equals(said)) {
            throw mismatch(VERSION, version, said);
        }
        if (!version.equals(StatelessBinding.VERSION)) {
            throw unsupported(version, supported);
        }
        if (message.isRequest()) {
            requireMeta(message.meta());
            match("Mcp-Method", header(request, "Mcp-Method"), message.method());
            var field = NAMED.get(message.method());
            if (field != null) {
                match("Mcp-Name", decoded(header(request, "Mcp-Name")), Json.required(message.params(), field));
            }
        }
    }

    private static void requireMeta(ObjectNode meta) {
        if (!meta.path(META + "protocolVersion").isString()
                || !meta.path(META + "clientCapabilities").isObject()) {
            throw new RpcError(
                    RpcError.INVALID_PARAMS,
                    400,
                    "params._meta must have " + META + "protocolVersion and " + META + "clientCapabilities.",
                    null);
        }
    }

    private static String header(HttpServletRequest request, String name) {
        var value = request.getHeader(name);
        if (value == null || value.isEmpty()) {
            throw RpcError.headerMismatch("The header " + name + " is required.");
        }
        return value;
    }

    private static void match(String header, String value, @Nullable String body) {
        if (!value.equals(body)) {
            throw mismatch(header, value, body);
        }
    }

    private static RpcError mismatch(String header, String value, @Nullable String body) {
        return RpcError.headerMismatch(
                "Header mismatch: " + header + " is " + value + ", but the body has " + body + ".");
    }

    /** @throws RpcError if it is encoded wrongly */
    private static String decoded(String value) {
        var encoded = ENCODED.matcher(value);
        if (!encoded.matches()) {
            return value;
        }
        try {
            return new String(Base64.getDecoder().decode(encoded.group(1)), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw RpcError.headerMismatch("The header Mcp-Name is not valid Base64.");
        }
    }

    private static RpcError unsupported(String version, List<String> supported) {
        var data = Json.object().put("requested", version);
        var versions = data.putArray("supported");
        supported.forEach(versions::add);
        return new RpcError(RpcError.UNSUPPORTED_VERSION, 400, "Unsupported protocol version " + version + ".", data);
    }
}
