package com.example.inventory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.message.Description;
import dev.muster.message.EntityId;

@Description("An item, by its identifier")
public record ItemId(@JsonValue String value) implements EntityId {

    public ItemId {
        EntityId.check("itemId", value);
    }

    @JsonCreator
    public static ItemId of(String value) {
        return new ItemId(value);
    }

    @Override
    public String type() {
        return "item";
    }

    @Override
    public String toString() {
        return stored();
    }
}
