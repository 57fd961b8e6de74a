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

    /** Made once: views ask for it with each change of an agent. */
    private final String text = name().toLowerCase(Locale.ROOT);

    @Override
    public String toString() {
        return text;
    }
}
