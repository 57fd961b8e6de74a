package dev.muster.task;

import static dev.muster.evolution.EventForm.event;
import static dev.muster.evolution.Reading.as;

import dev.muster.evolution.Change;
import java.util.List;
import tools.jackson.databind.node.IntNode;

/** What became of the earlier forms of the events of tasks. */
public final class TaskUpcasters {

    public static final List<Change> CHANGES = List.of(
            event("TaskCommented", "1").becomes(as("TaskCommented", "2").rename("text", "comment")),
            event("ProgressReported", "1")
                    .becomes(as("ProgressReported", "2")
                            .rename("percent", "permille")
                            .change("permille", percent -> IntNode.valueOf(10 * percent.intValue()))));

    private TaskUpcasters() {}
}
