package dev.muster.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What the bearer of a token may do. */
public enum TokenRole {
    /** Everything that edges offer, also on behalf of an agent. */
    @JsonProperty("operator")
    OPERATOR,
    /** Reads, and changes nothing. */
    @JsonProperty("auditor")
    AUDITOR,
    /** Acts as one agent and as nobody else. */
    @JsonProperty("agent")
    AGENT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
