package dev.muster.task;

import static dev.muster.task.TaskFixture.SUBMITTER;
import static dev.muster.task.TaskFixture.TASK;

import dev.muster.mission.MissionId;
import dev.muster.task.TaskCommand.SubmitTask;
import dev.muster.task.TaskEvent.TaskSubmitted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A task to be submitted, or as it was, in which a test names only what its rule is about. */
final class Submission {

    private Set<String> capabilities = Set.of();
    private Set<String> labels = Set.of();
    private @Nullable TaskId parentId;
    private List<Blocker> blockers = List.of();
    private @Nullable JsonNode input;
    private Retry retry = new Retry(2, Duration.ofSeconds(10));
    private @Nullable Instant deadline;
    private @Nullable MissionId missionId;
    private @Nullable String stepId;

    Submission needing(String... names) {
        capabilities = Set.of(names);
        return this;
    }

    Submission labeled(String... names) {
        labels = Set.of(names);
        return this;
    }

    Submission under(TaskId parent) {
        parentId = parent;
        return this;
    }

    Submission blockedBy(TaskId... tasks) {
        blockers = Stream.of(tasks).map(task -> new Blocker(task, null)).toList();
        return this;
    }

    Submission blockedUntilEnded(TaskId task) {
        blockers = List.of(new Blocker(task, Blocker.Until.ENDED));
        return this;
    }

    Submission with(JsonNode given) {
        input = given;
        return this;
    }

    Submission retrying(int maxAttempts, Duration backoff) {
        retry = new Retry(maxAttempts, backoff);
        return this;
    }

    Submission until(Instant instant) {
        deadline = instant;
        return this;
    }

    Submission ofStep(String mission, String step) {
        missionId = MissionId.of(mission);
        stepId = step;
        return this;
    }

    SubmitTask command() {
        return new SubmitTask(
                TASK,
                "Mend the roof",
                "All of it",
                1,
                capabilities,
                labels,
                parentId,
                blockers,
                input,
                retry,
                deadline,
                missionId,
                stepId);
    }

    TaskSubmitted event() {
        return new TaskSubmitted(
                TASK,
                "Mend the roof",
                "All of it",
                1,
                capabilities,
                labels,
                parentId,
                blockers,
                input,
                retry,
                deadline,
                missionId,
                stepId,
                SUBMITTER);
    }
}
