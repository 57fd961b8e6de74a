package dev.muster.task;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Where a task is in its life. */
public enum TaskState {
    @JsonProperty("submitted")
    SUBMITTED,
    @JsonProperty("assigned")
    ASSIGNED,
    @JsonProperty("working")
    WORKING,
    @JsonProperty("suspended")
    SUSPENDED,
    @JsonProperty("input-required")
    INPUT_REQUIRED,
    @JsonProperty("completed")
    COMPLETED,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("canceled")
    CANCELED,
    @JsonProperty("rejected")
    REJECTED;

    /** The states in which an agent holds the task. */
    public static final Set<TaskState> HELD = Set.copyOf(EnumSet.of(ASSIGNED, WORKING, SUSPENDED, INPUT_REQUIRED));

    /** The states in which nothing more is to be done. */
    public static final Set<TaskState> ENDED = Set.copyOf(EnumSet.of(COMPLETED, FAILED, CANCELED, REJECTED));

    /** Made once: views ask for it with each change of a task. */
    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    public boolean isHeld() {
        return HELD.contains(this);
    }

    public boolean isEnded() {
        return ENDED.contains(this);
    }

    /** The name as clients see it: {@code input-required}. */
    @Override
    public String toString() {
        return text;
    }
}
