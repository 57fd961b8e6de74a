package dev.muster.agent;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Where an agent is in its life. */
public enum AgentState {
    /** May be given tasks. */
    @JsonProperty("active")
    ACTIVE,
    /** Is given nothing new. */
    @JsonProperty("suspended")
    SUSPENDED,
    /** Has ended. */
    @JsonProperty("retired")
    RETIRED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
