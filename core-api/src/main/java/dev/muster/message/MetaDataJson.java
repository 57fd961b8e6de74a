package dev.muster.message;

import java.util.HashMap;
import java.util.Optional;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads metadata that is an object of texts, numbers and truth values. It is read with each event, and the way of any object
 * through Jackson's data binding takes twice as long; still quicker is that of {@link PlainMetaData}, for nearly all of it.
 */
final class MetaDataJson {

    private MetaDataJson() {}

    /**
     * The metadata, or nothing if there is more to it than that; then it is to be read as any other object.
     *
     * @throws tools.jackson.core.JacksonException if it is no JSON
     */
    static Optional<MetaData> read(JsonMapper json, byte[] stored) {
        var plain = PlainMetaData.read(stored);
        return plain.isPresent() ? plain : parsed(json, stored);
    }

    private static Optional<MetaData> parsed(JsonMapper json, byte[] stored) {
        try (var parser = json.createParser(stored)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            var values = new HashMap<String, @Nullable Object>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var key = parser.currentName();
                var token = parser.nextToken();
                if (token == null || !token.isScalarValue()) {
                    return Optional.empty();
                }
                values.put(key, value(parser, token));
            }
            return parser.currentToken() == JsonToken.END_OBJECT
                    ? Optional.of(MetaData.from(values))
                    : Optional.empty();
        }
    }

    /** Whole numbers are longs, also small ones, whoever has stored them; those that are none stay as large as they are. */
    private static @Nullable Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? parser.getBigIntegerValue()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getString();
        };
    }
}
