package dev.muster.task;

import static dev.muster.task.TaskFixture.NOW;
import static dev.muster.task.TaskFixture.OTHER_TASK;
import static dev.muster.task.TaskFixture.TASK;
import static dev.muster.task.TaskState.*;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks all states and all commands: each pair is allowed, with its events and the state after it, or refused without a trace. */
class TaskStatesTest {

    private record Allowed(List<String> events, TaskState to) {}

    private static final Map<String, Map<TaskState, Allowed>> ALLOWED = new HashMap<>();

    static {
        allow("AssignTask", "TaskAssigned", ASSIGNED, SUBMITTED);
        allow("ClaimTask", "TaskAssigned TaskStarted", WORKING, SUBMITTED);
        allow("StartTask", "TaskStarted", WORKING, ASSIGNED);
        allow("DeclineTask", "TaskDeclined", SUBMITTED, ASSIGNED);
        allow("RejectTask", "TaskRejected", REJECTED, SUBMITTED, ASSIGNED, WORKING, SUSPENDED, INPUT_REQUIRED);
        stay("ExtendLease", "LeaseExtended", ASSIGNED, WORKING);
        stay("ReportProgress", "ProgressReported", WORKING);
        allow("SuspendTask", "TaskSuspended", SUSPENDED, WORKING);
        allow("ResumeTask", "TaskResumed", WORKING, SUSPENDED);
        allow("RequestInput", "InputRequested", INPUT_REQUIRED, WORKING);
        allow("ProvideInput", "InputProvided", WORKING, INPUT_REQUIRED);
        allow("CompleteTask", "TaskCompleted", COMPLETED, WORKING);
        allow("FailTask", "AttemptFailed RetryScheduled", SUBMITTED, WORKING, SUSPENDED, INPUT_REQUIRED);
        allow("EndBackoff", "RetryDue", SUBMITTED, SUBMITTED);
        allow("ReleaseTask", "TaskReleased", SUBMITTED, ASSIGNED, WORKING, SUSPENDED, INPUT_REQUIRED);
        allow("ExpireLease", "LeaseExpired TaskReleased", SUBMITTED, ASSIGNED);
        allow(
                "ExpireLease",
                "LeaseExpired AttemptFailed RetryScheduled",
                SUBMITTED,
                WORKING,
                SUSPENDED,
                INPUT_REQUIRED);
        allow("ExpireTask", "TaskFailed", FAILED, SUBMITTED, ASSIGNED, WORKING, SUSPENDED, INPUT_REQUIRED);
        allow("CancelTask", "TaskCanceled", CANCELED, SUBMITTED, ASSIGNED, WORKING, SUSPENDED, INPUT_REQUIRED);
        allow("ReopenTask", "TaskReopened", SUBMITTED, COMPLETED, FAILED, CANCELED, REJECTED);
        stay("AddBlocker", "BlockerAdded", SUBMITTED, ASSIGNED, WORKING, SUSPENDED, INPUT_REQUIRED);
        stay("RemoveBlocker", "BlockerRemoved", SUBMITTED, ASSIGNED, WORKING, SUSPENDED, INPUT_REQUIRED);
        stay("ClearBlocker", "BlockerCleared", SUBMITTED, ASSIGNED, WORKING, SUSPENDED, INPUT_REQUIRED);
        stay("ReviseTask", "TaskRevised", SUBMITTED, ASSIGNED, WORKING, SUSPENDED, INPUT_REQUIRED);
        stay("LabelTask", "TaskLabeled", TaskState.values());
        stay("CommentOnTask", "TaskCommented", TaskState.values());
    }

    private static void allow(String command, String events, TaskState to, TaskState... from) {
        for (var state : from) {
            ALLOWED.computeIfAbsent(command, name -> new EnumMap<>(TaskState.class))
                    .put(state, new Allowed(List.of(events.split(" ")), to));
        }
    }

    private static void stay(String command, String events, TaskState... states) {
        for (var state : states) {
            allow(command, events, state, state);
        }
    }

    private static final List<TaskCommand> COMMANDS = List.of(
            new Submission().command(),
            Commands.assign(),
            Commands.claim(),
            Commands.start(),
            Commands.decline(),
            Commands.reject(),
            Commands.extend(),
            Commands.report(),
            Commands.suspend(),
            Commands.resume(),
            Commands.requestInput(),
            Commands.provideInput(),
            Commands.complete(),
            Commands.fail(),
            Commands.endBackoff(),
            Commands.release(),
            Commands.expireLease(),
            Commands.expireTask(),
            Commands.cancel(),
            Commands.reopen(),
            Commands.addBlocker(),
            Commands.removeBlocker(),
            Commands.clearBlocker(COMPLETED),
            Commands.revise("Mend the whole roof"),
            Commands.label(Set.of("urgent"), Set.of()),
            Commands.comment());

    static Stream<Arguments> all_pairs() {
        return COMMANDS.stream().flatMap(command -> Arrays.stream(TaskState.values())
                .map(state -> Arguments.of(state, command.getClass().getSimpleName(), command)));
    }

    @ParameterizedTest(name = "{1} of a task that is {0}")
    @MethodSource("all_pairs")
    void each_command_is_allowed_or_refused_as_the_table_says(TaskState state, String name, TaskCommand command) {
        var task = new TaskFixture().given(life(state, command));
        task.clock.advance(Duration.ofHours(48));

        var outcome = task.when(command);

        var allowed = ALLOWED.getOrDefault(name, Map.of()).get(state);
        if (allowed == null) {
            var problem = outcome.refused(code(state, command));
            assertThat(problem.status()).isEqualTo(409);
            assertThat(problem.extras()).contains(entry("state", state.toString()), entry("taskId", TASK.value()));
        } else {
            assertThat(outcome.events()).isEqualTo(allowed.events());
            outcome.leaves(after -> assertThat(after.state()).isEqualTo(allowed.to()));
            assertTableSays(command, state, allowed);
        }
    }

    /** What the command presupposes beside the state is given, so that only the state decides. */
    private static List<TaskEvent> life(TaskState state, TaskCommand command) {
        var submission = new Submission().until(NOW.plusSeconds(60));
        if (command instanceof TaskCommand.RemoveBlocker || command instanceof TaskCommand.ClearBlocker) {
            submission.blockedBy(OTHER_TASK);
        }
        if (command instanceof TaskCommand.EndBackoff && state == SUBMITTED) {
            return Life.resting();
        }
        return Life.in(state, submission.event());
    }

    private static String code(TaskState state, TaskCommand command) {
        if (command instanceof TaskCommand.SubmitTask) {
            return "task-exists";
        }
        if (command instanceof TaskCommand.ClaimTask || command instanceof TaskCommand.AssignTask) {
            return state.isHeld() ? "task-already-claimed" : "task-wrong-state";
        }
        return command instanceof TaskCommand.OfHolder && state == SUBMITTED ? "task-lease-lost" : "task-wrong-state";
    }

    private static void assertTableSays(TaskCommand command, TaskState from, Allowed allowed) {
        var rule = TaskRule.of(command);
        assertThat(rule.from()).contains(from);
        assertThat(rule.courses()).anySatisfy(course -> {
            assertThat(course.events()).extracting(Class::getSimpleName).isEqualTo(allowed.events());
            assertThat(course.to() == null ? from : course.to()).isEqualTo(allowed.to());
        });
    }

    @ParameterizedTest
    @EnumSource(TaskRule.class)
    void the_table_allows_nothing_that_is_not_walked(TaskRule rule) {
        var name = rule.command().getSimpleName();

        assertThat(rule.from()).isEqualTo(ALLOWED.getOrDefault(name, Map.of()).keySet());
    }

    @Test
    void every_command_to_one_task_is_walked() {
        var walked = COMMANDS.stream().map(Object::getClass).collect(Collectors.toSet());

        assertThat(walked)
                .containsExactlyInAnyOrderElementsOf(commands(TaskCommand.class)
                        .filter(TaskStatesTest::hasTarget)
                        .toList());
    }

    private static Stream<Class<?>> commands(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(TaskStatesTest::commands)
                : Stream.of(type);
    }

    /** ClaimNextTask names no task: it looks for one and claims that. */
    private static boolean hasTarget(Class<?> command) {
        return Arrays.stream(command.getRecordComponents())
                .anyMatch(part -> part.getAccessor().isAnnotationPresent(TargetAggregateIdentifier.class));
    }
}
