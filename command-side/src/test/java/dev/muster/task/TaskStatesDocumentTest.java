package dev.muster.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table in the documents is what the aggregate goes by. {@code -Dmuster.write-docs=true} writes it anew. */
class TaskStatesDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "task-states.md");

    private static final String HEAD = """
            # The states of a task

            Made from `TaskRule` in `command-side`, which the aggregate itself goes by. To write it anew:
            `./mvnw -pl core-api,command-side test -Dtest=TaskStatesDocumentTest -Dsurefire.failIfNoSpecifiedTests=false
            -Dmuster.write-docs=true`.

            *Held* is any of %s; *ended* any of %s. What is not in this table is refused, with the state that the task
            is in, and leaves no event. A command of the holder carries the fencing token of its assignment and is refused
            with `task-lease-lost` when that is not the last one.

            | command | by | from | and | events | to |
            |---|---|---|---|---|---|
            | `SubmitTask` | anybody | no task has the identifier | | `TaskSubmitted` | submitted |
            """;

    private static final String FOOT = """

            Where an agent has a limit, `SlotTaken` on the agent comes with `TaskAssigned`, and `SlotFreed` with each event
            that takes the task from its holder: `TaskCompleted`, `AttemptFailed`, `TaskFailed`, `TaskDeclined`,
            `TaskReleased`, `TaskRejected` and `TaskCanceled`.
            """;

    @Test
    void the_document_is_what_the_table_says() throws IOException {
        var table = table();
        if (Boolean.getBoolean("muster.write-docs")) {
            Files.createDirectories(Objects.requireNonNull(DOCUMENT.getParent()));
            Files.writeString(DOCUMENT, table);
        }

        assertThat(DOCUMENT)
                .as("the document; write it anew with -Dmuster.write-docs=true")
                .content()
                .isEqualTo(table);
    }

    private static String table() {
        return HEAD.formatted(states(TaskState.HELD), states(TaskState.ENDED))
                + Arrays.stream(TaskRule.values())
                        .map(TaskStatesDocumentTest::row)
                        .collect(Collectors.joining())
                + FOOT;
    }

    private static String row(TaskRule rule) {
        return "| `" + rule.command().getSimpleName() + "` | " + rule.by() + " | " + from(rule.from()) + " | "
                + rule.when()
                + " | "
                + rule.courses().stream().map(TaskStatesDocumentTest::course).collect(Collectors.joining("; "))
                + " | "
                + rule.courses().stream()
                        .map(course ->
                                course.to() == null ? "as it was" : course.to().toString())
                        .distinct()
                        .collect(Collectors.joining(" / "))
                + " |\n";
    }

    private static String course(Course course) {
        var events = course.events().isEmpty()
                ? "none"
                : course.events().stream()
                        .map(event -> "`" + event.getSimpleName() + "`")
                        .collect(Collectors.joining(", "));
        return course.when().isEmpty() ? events : course.when() + ": " + events;
    }

    private static String from(Set<TaskState> states) {
        if (states.containsAll(Set.of(TaskState.values()))) {
            return "any";
        }
        if (states.equals(TaskState.HELD)) {
            return "held";
        }
        if (states.equals(TaskState.ENDED)) {
            return "ended";
        }
        return states.stream().noneMatch(TaskState::isEnded) && states.size() == 5 ? "not ended" : states(states);
    }

    private static String states(Set<TaskState> states) {
        return states.stream().sorted().map(TaskState::toString).collect(Collectors.joining(", "));
    }
}
