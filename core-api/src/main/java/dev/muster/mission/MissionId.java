package dev.muster.mission;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.message.Description;
import dev.muster.message.EntityId;

/** Identifies a mission. */
@Description("A mission, by its identifier")
public record MissionId(@JsonValue String value) implements EntityId {

    public MissionId {
        EntityId.check("missionId", value);
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
