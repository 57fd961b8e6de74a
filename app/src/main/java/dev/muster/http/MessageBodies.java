package dev.muster.http;

import dev.muster.app.MusterProperties;
import dev.muster.message.InvalidField;
import dev.muster.message.JsonMappers;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads messages from the bodies and the parameters of requests; each fault is told by the field that has it. */
@Component
public class MessageBodies {

    private static final JsonMapper JSON = JsonMappers.edges();

    private final int maxBytes;

    MessageBodies(MusterProperties properties) {
        this.maxBytes = properties.http().maxBodyBytes();
    }

    /** The body of a request, an object; an empty body is an empty object. */
    ObjectNode object(HttpServletRequest request) throws IOException {
        var body = bytes(request);
        if (body.length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            if (JSON.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw malformed(e);
        }
        throw new Refusal(new Problem(
                "malformed-json", "The body is not a JSON object", 400, "The body must be a JSON object: {…}."));
    }

    /** The body of a request, a list. */
    ArrayNode list(HttpServletRequest request) throws IOException {
        try {
            if (JSON.readTree(bytes(request)) instanceof ArrayNode list) {
                return list;
            }
        } catch (JacksonException e) {
            throw malformed(e);
        }
        throw new Refusal(new Problem(
                "malformed-json", "The body is not a JSON array", 400, "The body must be a JSON array: […]."));
    }

    /**
     * The body of a request, as it is.
     *
     * @throws Refusal if it is larger than {@code muster.http.max-body-bytes}
     */
    public byte[] bytes(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge();
        }
        var body = request.getInputStream().readNBytes(maxBytes + 1);
        if (body.length > maxBytes) {
            throw tooLarge();
        }
        return body;
    }

    private Refusal tooLarge() {
        return new Refusal(new Problem(
                "body-too-large",
                "The body is too large",
                413,
                "The body has more than " + maxBytes + " bytes. Send less, or raise muster.http.max-body-bytes.",
                Map.of("maxBodyBytes", maxBytes)));
    }

    private static Refusal malformed(JacksonException e) {
        var at = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        return new Refusal(new Problem(
                "malformed-json",
                "The body is not valid JSON",
                400,
                "The body is not valid JSON" + at + ": " + e.getOriginalMessage() + "."));
    }

    /** Makes a message of JSON. */
    <T> T read(JsonNode json, Class<T> message) {
        try {
            return JSON.treeToValue(json, message);
        } catch (UnrecognizedPropertyException e) {
            throw unknownField(path(e), e.getKnownPropertyIds());
        } catch (DatabindException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof Refusal refusal) {
                    throw refusal;
                }
            }
            throw new InvalidField(path(e), ExpectedValue.fault(e));
        } catch (StreamReadException e) {
            throw malformed(e);
        }
    }

    static Refusal unknownField(String field, Collection<?> known) {
        return new Refusal(new Problem(
                "unknown-field",
                "A field is not known",
                400,
                "There is no field " + field + ". There are: "
                        + known.stream().map(Object::toString).sorted().collect(Collectors.joining(", ")) + ".",
                Map.of("fields", List.of(Map.of("field", field, "fault", "is not known")))));
    }

    private static String path(DatabindException e) {
        var path = e.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
        return path.isEmpty() ? "the body" : path;
    }

    /**
     * Makes JSON of the parameters of a request, in the types of a message's fields.
     *
     * @param reserved parameters that are no fields
     */
    ObjectNode object(Map<String, String[]> parameters, Class<?> message, Set<String> reserved) {
        var components = Arrays.stream(message.getRecordComponents())
                .collect(Collectors.toMap(RecordComponent::getName, c -> c));
        var json = JsonNodeFactory.instance.objectNode();
        parameters.forEach((name, values) -> {
            if (reserved.contains(name)) {
                return;
            }
            var component = components.get(name);
            if (component == null) {
                throw unknownField(name, components.keySet());
            }
            if (Collection.class.isAssignableFrom(component.getType())) {
                var array = json.putArray(name);
                Arrays.stream(values).forEach(array::add);
            } else if (values.length > 1) {
                throw new InvalidField(name, "must be given once");
            } else {
                put(json, name, component.getType(), values[0]);
            }
        });
        return json;
    }

    private static void put(ObjectNode json, String name, Class<?> type, String value) {
        if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
            try {
                json.put(name, Long.parseLong(value));
            } catch (NumberFormatException e) {
                throw new InvalidField(name, "must be a whole number, but is " + value);
            }
        } else if (type == Boolean.class || type == boolean.class) {
            if (!value.equals("true") && !value.equals("false")) {
                throw new InvalidField(name, "must be true or false, but is " + value);
            }
            json.put(name, Boolean.parseBoolean(value));
        } else {
            json.put(name, value);
        }
    }
}
