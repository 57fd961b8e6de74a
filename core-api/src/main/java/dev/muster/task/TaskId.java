package dev.muster.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.message.Description;
import dev.muster.message.EntityId;

/** Identifies a task. */
@Description("A task, by its identifier")
public record TaskId(@JsonValue String value) implements EntityId {

    public TaskId {
        EntityId.check("taskId", value);
    }

    @JsonCreator
    public static TaskId of(String value) {
        return new TaskId(value);
    }

    @Override
    public String type() {
        return "task";
    }

    @Override
    public String toString() {
        return stored();
    }
}
