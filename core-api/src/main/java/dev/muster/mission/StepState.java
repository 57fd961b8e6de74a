package dev.muster.mission;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a step of a mission is. */
public enum StepState {
    /** Has not begun: it waits for others, or the mission does. */
    @JsonProperty("waiting")
    WAITING,
    /** Its task is open. */
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("completed")
    COMPLETED,
    /** Its task failed, was rejected, or canceled. */
    @JsonProperty("failed")
    FAILED,
    /** Is being undone. */
    @JsonProperty("compensating")
    COMPENSATING,
    @JsonProperty("compensated")
    COMPENSATED,
    /** Should have been undone, and could not be. */
    @JsonProperty("compensation-failed")
    COMPENSATION_FAILED
}
