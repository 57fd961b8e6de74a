package dev.muster.agent;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.message.Description;
import dev.muster.message.EntityId;

/** Identifies an agent. */
@Description("An agent, by its identifier")
public record AgentId(@JsonValue String value) implements EntityId {

    public AgentId {
        EntityId.check("agentId", value);
    }

    @JsonCreator
    public static AgentId of(String value) {
        return new AgentId(value);
    }

    @Override
    public String type() {
        return "agent";
    }

    @Override
    public String toString() {
        return stored();
    }
}
