package dev.muster.message;

import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** A JSON Schema that is made when it is first asked for. Two are equal if they are made of the same. */
final class LazySchema {

    private final Object madeOf;
    private final Lazy<JsonNode> json;

    /** @param madeOf all that the schema depends on */
    LazySchema(Object madeOf, Supplier<JsonNode> maker) {
        this.madeOf = madeOf;
        this.json = Lazy.of(maker);
    }

    JsonNode json() {
        return json.get();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LazySchema schema && madeOf.equals(schema.madeOf);
    }

    @Override
    public int hashCode() {
        return madeOf.hashCode();
    }
}
