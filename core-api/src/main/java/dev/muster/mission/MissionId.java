package dev.muster.mission;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.message.Description;
import dev.muster.message.EntityId;
import dev.muster.message.InvalidField;

/** Identifies a mission. It is shorter than others, since the identifiers of its tasks are made of it. */
@Description("A mission, by its identifier")
public record MissionId(@JsonValue String value) implements EntityId {

    /** How many characters it has at most. */
    public static final int MAX_LENGTH = 64;

    public MissionId {
        EntityId.check("missionId", value);
        if (value.length() > MAX_LENGTH) {
            throw new InvalidField(
                    "missionId", "must have at most " + MAX_LENGTH + " characters, but has " + value.length());
        }
    }

    @JsonCreator
    public static MissionId of(String value) {
        return new MissionId(value);
    }

    @Override
    public String type() {
        return "mission";
    }

    @Override
    public String toString() {
        return stored();
    }
}
