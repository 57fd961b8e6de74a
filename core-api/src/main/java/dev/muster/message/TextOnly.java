package dev.muster.message;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Reads only from text what Jackson would read from numbers too, which say nothing of their unit. */
final class TextOnly<T> extends StdDeserializer<T> {

    private final StdDeserializer<T> ofText;

    TextOnly(StdDeserializer<T> ofText) {
        super(ofText.handledType());
        this.ofText = ofText;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T deserialize(JsonParser parser, DeserializationContext context) {
        return parser.hasToken(JsonToken.VALUE_STRING)
                ? ofText.deserialize(parser, context)
                : (T) context.handleUnexpectedToken(getValueType(context), parser);
    }
}
