package dev.muster.mission;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Where a mission is in its life. */
public enum MissionState {
    /** Has a plan, and nothing has begun. */
    @JsonProperty("planned")
    PLANNED,
    /** Steps are worked on. */
    @JsonProperty("running")
    RUNNING,
    /** Nothing new begins; what runs is being canceled. */
    @JsonProperty("stopping")
    STOPPING,
    /** What was completed is being undone, the last first. */
    @JsonProperty("compensating")
    COMPENSATING,
    @JsonProperty("completed")
    COMPLETED,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("canceled")
    CANCELED;

    /** The states in which nothing happens any more. */
    public static final Set<MissionState> ENDED = EnumSet.of(COMPLETED, FAILED, CANCELED);

    public boolean isEnded() {
        return ENDED.contains(this);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
