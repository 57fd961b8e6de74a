package dev.muster.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.message.Description;
import dev.muster.message.EntityId;
import dev.muster.message.InvalidField;

/** Identifies a token. It is no secret, and shorter than other identifiers, since the name of its actor may be made of it. */
@Description("A token, by its identifier, which is no secret")
public record TokenId(@JsonValue String value) implements EntityId {

    /** How many characters it has at most. */
    public static final int MAX_LENGTH = 64;

    public TokenId {
        EntityId.check("tokenId", value);
        if (value.length() > MAX_LENGTH) {
            throw new InvalidField(
                    "tokenId", "must have at most " + MAX_LENGTH + " characters, but has " + value.length());
        }
    }

    @JsonCreator
    public static TokenId of(String value) {
        return new TokenId(value);
    }

    @Override
    public String type() {
        return "token";
    }

    @Override
    public String toString() {
        return stored();
    }
}
