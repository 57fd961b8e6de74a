package dev.muster.subscription;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.message.Description;
import dev.muster.message.EntityId;

/** Identifies a subscription. */
@Description("A subscription, by its identifier")
public record SubscriptionId(@JsonValue String value) implements EntityId {

    public SubscriptionId {
        EntityId.check("subscriptionId", value);
    }

    @JsonCreator
    public static SubscriptionId of(String value) {
        return new SubscriptionId(value);
    }

    @Override
    public String type() {
        return "subscription";
    }

    @Override
    public String toString() {
        return stored();
    }
}
