package dev.muster.subscription;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.message.Description;
import dev.muster.message.EntityId;
import dev.muster.message.InvalidField;

/** Identifies a subscription. Unlike other identifiers it has no slash. */
@Description("A subscription, by its identifier")
public record SubscriptionId(@JsonValue String value) implements EntityId {

    public SubscriptionId {
        EntityId.check("subscriptionId", value);
        if (value.indexOf('/') >= 0) {
            throw new InvalidField("subscriptionId", "must not contain a slash, since it is a part of addresses");
        }
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
