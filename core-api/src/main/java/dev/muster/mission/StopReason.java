package dev.muster.mission;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Why a mission was stopped before it was completed. */
public enum StopReason {
    @JsonProperty("step-failed")
    STEP_FAILED,
    @JsonProperty("budget")
    BUDGET,
    @JsonProperty("deadline")
    DEADLINE,
    @JsonProperty("canceled")
    CANCELED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
