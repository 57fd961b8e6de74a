package dev.muster.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.agent.AgentId;
import dev.muster.message.InvalidField;
import dev.muster.task.TaskCommand.AddBlocker;
import dev.muster.task.TaskCommand.AssignTask;
import dev.muster.task.TaskCommand.CancelTask;
import dev.muster.task.TaskCommand.ClaimNextTask;
import dev.muster.task.TaskCommand.ClaimTask;
import dev.muster.task.TaskCommand.ClearBlocker;
import dev.muster.task.TaskCommand.Clearable;
import dev.muster.task.TaskCommand.CommentOnTask;
import dev.muster.task.TaskCommand.CompleteTask;
import dev.muster.task.TaskCommand.DeclineTask;
import dev.muster.task.TaskCommand.ExpireLease;
import dev.muster.task.TaskCommand.ExtendLease;
import dev.muster.task.TaskCommand.FailTask;
import dev.muster.task.TaskCommand.LabelTask;
import dev.muster.task.TaskCommand.ProvideInput;
import dev.muster.task.TaskCommand.RejectTask;
import dev.muster.task.TaskCommand.ReleaseTask;
import dev.muster.task.TaskCommand.RemoveBlocker;
import dev.muster.task.TaskCommand.ReopenTask;
import dev.muster.task.TaskCommand.ReportProgress;
import dev.muster.task.TaskCommand.RequestInput;
import dev.muster.task.TaskCommand.ResumeTask;
import dev.muster.task.TaskCommand.ReviseTask;
import dev.muster.task.TaskCommand.StartTask;
import dev.muster.task.TaskCommand.SubmitTask;
import dev.muster.task.TaskCommand.SuspendTask;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class TaskCommandTest {

    private static final TaskId TASK = TaskId.of("t");
    private static final AgentId AGENT = AgentId.of("a");
    private static final @Nullable AgentId NOBODY = null;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonNode LONG_JSON = JSON.stringNode("x".repeat(65_535));
    private static final String LONG_REASON = "x".repeat(2_001);
    private static final String LONG_TEXT = "x".repeat(65_537);

    /** The builder of {@link SubmitTask} with what is asked about, and a title. */
    private static SubmitTask submit(
            String title,
            @Nullable Integer priority,
            @Nullable Set<String> capabilities,
            @Nullable Set<String> labels,
            @Nullable List<Blocker> blockers,
            @Nullable JsonNode input) {
        return new SubmitTask(
                TASK, title, null, priority, capabilities, labels, null, blockers, input, null, null, null, null);
    }

    private static SubmitTask submit(String title) {
        return submit(title, null, null, null, null, null);
    }

    private static ReviseTask revise(
            @Nullable String title,
            @Nullable String instruction,
            @Nullable Integer priority,
            @Nullable JsonNode input) {
        return new ReviseTask(TASK, title, instruction, priority, null, null, input, null, null, null);
    }

    private static Set<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "name" + i).collect(Collectors.toSet());
    }

    private static Arguments wrong(String fault, ThrowingCallable command) {
        return Arguments.of(fault, command);
    }

    static Stream<Arguments> whatIsWrong() {
        return Stream.of(
                wrong("title must not be blank", () -> submit(" ")),
                wrong("title must have at most 200 characters, but has 201", () -> submit("x".repeat(201))),
                wrong(
                        "instruction must have at most 65536 characters, but has 65537",
                        () -> new SubmitTask(
                                TASK, "x", LONG_TEXT, null, null, null, null, null, null, null, null, null, null)),
                wrong("priority must be from 0 to 9, but is -1", () -> submit("x", -1, null, null, null, null)),
                wrong("priority must be from 0 to 9, but is 10", () -> submit("x", 10, null, null, null, null)),
                wrong("capabilities must have at most 64", () -> submit("x", 1, names(65), null, null, null)),
                wrong(
                        "capabilities must have at most 64 characters, but has 65",
                        () -> submit("x", 1, Set.of("x".repeat(65)), null, null, null)),
                wrong("labels must have at most 64", () -> submit("x", 1, null, names(65), null, null)),
                wrong(
                        "labels must have at most 200 characters, but has 201",
                        () -> submit("x", 1, null, Set.of("x".repeat(201)), null, null)),
                wrong(
                        "blockers must have at most 1000 elements, but has 1001",
                        () -> submit(
                                "x",
                                1,
                                null,
                                null,
                                IntStream.range(0, 1_001)
                                        .mapToObj(i -> new Blocker(TaskId.of("t" + i), null))
                                        .toList(),
                                null)),
                wrong(
                        "blockers must name each task once",
                        () -> submit(
                                "x",
                                1,
                                null,
                                null,
                                List.of(new Blocker(TASK, Blocker.Until.ENDED), new Blocker(TASK, null)),
                                null)),
                wrong(
                        "input must have at most 65536 characters as JSON, but has 65537",
                        () -> submit("x", 1, null, null, null, LONG_JSON)),
                wrong(
                        "stepId must have at most 128 characters, but has 129",
                        () -> new SubmitTask(
                                TASK,
                                "x",
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                "x".repeat(129))),
                wrong("blocker.taskId is required", () -> new Blocker(null, null)),
                wrong("agentId is required", () -> new AssignTask(TASK, NOBODY)),
                wrong("agentId is required", () -> new ClaimTask(TASK, NOBODY)),
                wrong("agentId is required", () -> new ClaimNextTask(NOBODY, null, null, null)),
                wrong("labels must have at most 64", () -> new ClaimNextTask(AGENT, null, names(65), null)),
                wrong("agentId is required", () -> new StartTask(TASK, NOBODY, 1)),
                wrong("fencingToken must be from 1 to", () -> new StartTask(TASK, AGENT, 0)),
                wrong("agentId is required", () -> new DeclineTask(TASK, NOBODY, 1, null)),
                wrong("fencingToken must be from 1 to", () -> new DeclineTask(TASK, AGENT, -1, null)),
                wrong("reason must have at most 2000", () -> new DeclineTask(TASK, AGENT, 1, LONG_REASON)),
                wrong("reason must have at most 2000", () -> new RejectTask(TASK, LONG_REASON)),
                wrong("agentId is required", () -> new ExtendLease(TASK, NOBODY, 1)),
                wrong("fencingToken must be from 1 to", () -> new ExtendLease(TASK, AGENT, 0)),
                wrong("agentId is required", () -> new ReportProgress(TASK, NOBODY, 1, null, null, null, null)),
                wrong(
                        "fencingToken must be from 1 to",
                        () -> new ReportProgress(TASK, AGENT, 0, BigDecimal.ONE, null, null, null)),
                wrong(
                        "percent must be from 0 to 100, but is -1",
                        () -> new ReportProgress(TASK, AGENT, 1, percent("-1"), null, null, null)),
                wrong(
                        "percent must be from 0 to 100, but is 101",
                        () -> new ReportProgress(TASK, AGENT, 1, percent("101"), null, null, null)),
                wrong(
                        "percent must be from 0 to 100, but is 100.1",
                        () -> new ReportProgress(TASK, AGENT, 1, percent("100.1"), null, null, null)),
                wrong(
                        "percent must have one decimal at most, but is 37.55",
                        () -> new ReportProgress(TASK, AGENT, 1, percent("37.55"), null, null, null)),
                wrong(
                        "note must have at most 65536",
                        () -> new ReportProgress(TASK, AGENT, 1, null, LONG_TEXT, null, null)),
                wrong(
                        "artifacts must have at most 100",
                        () -> new ReportProgress(
                                TASK,
                                AGENT,
                                1,
                                null,
                                null,
                                Collections.nCopies(101, new Artifact("x", null, null, null)),
                                null)),
                wrong("artifact.name must not be blank", () -> new Artifact("", null, null, null)),
                wrong("artifact.name must have at most 200", () -> new Artifact("x".repeat(201), null, null, null)),
                wrong("artifact.uri must have at most 2000", () -> new Artifact("x", "x".repeat(2_001), null, null)),
                wrong("artifact.mediaType must have at most 200", () -> new Artifact("x", null, "x".repeat(201), null)),
                wrong("artifact.data must have at most 65536", () -> new Artifact("x", null, null, LONG_JSON)),
                wrong("fencingToken must be from 1 to", () -> new SuspendTask(TASK, AGENT, 0, null)),
                wrong("reason must have at most 2000", () -> new SuspendTask(TASK, AGENT, 1, LONG_REASON)),
                wrong("fencingToken must be from 1 to", () -> new ResumeTask(TASK, AGENT, 0)),
                wrong("fencingToken must be from 1 to", () -> new RequestInput(TASK, AGENT, 0, "x")),
                wrong("question must not be blank", () -> new RequestInput(TASK, AGENT, 1, "")),
                wrong("question must have at most 65536", () -> new RequestInput(TASK, AGENT, 1, LONG_TEXT)),
                wrong("input is required", () -> new ProvideInput(TASK, JSON.nullNode())),
                wrong("input must have at most 65536", () -> new ProvideInput(TASK, LONG_JSON)),
                wrong("fencingToken must be from 1 to", () -> new CompleteTask(TASK, AGENT, 0, null, null)),
                wrong("result must have at most 65536", () -> new CompleteTask(TASK, AGENT, 1, LONG_JSON, null)),
                wrong("fencingToken must be from 1 to", () -> new FailTask(TASK, AGENT, 0, "x", null, null)),
                wrong("error must not be blank", () -> new FailTask(TASK, AGENT, 1, " ", null, null)),
                wrong("error must have at most 65536", () -> new FailTask(TASK, AGENT, 1, LONG_TEXT, null, null)),
                wrong("fencingToken must be from 1 to", () -> new ReleaseTask(TASK, AGENT, 0L, null)),
                wrong("reason must have at most 2000", () -> new ReleaseTask(TASK, null, null, LONG_REASON)),
                wrong("fencingToken must be from 1 to", () -> new ExpireLease(TASK, 0)),
                wrong("reason must have at most 2000", () -> new CancelTask(TASK, LONG_REASON)),
                wrong("reason must not be blank", () -> new ReopenTask(TASK, "", null)),
                wrong("reason must have at most 2000", () -> new ReopenTask(TASK, LONG_REASON, null)),
                wrong("blockerId is required", () -> new AddBlocker(TASK, null, null)),
                wrong("blockerId is required", () -> new RemoveBlocker(TASK, null, null)),
                wrong("reason must have at most 2000", () -> new RemoveBlocker(TASK, TASK, LONG_REASON)),
                wrong("blockerId is required", () -> new ClearBlocker(TASK, null, TaskState.COMPLETED)),
                wrong("outcome is required", () -> new ClearBlocker(TASK, TASK, null)),
                wrong("title must not be blank", () -> revise(" ", null, null, null)),
                wrong("title must have at most 200", () -> revise("x".repeat(201), null, null, null)),
                wrong("instruction must have at most 65536", () -> revise(null, LONG_TEXT, null, null)),
                wrong("priority must be from 0 to 9, but is 10", () -> revise(null, null, 10, null)),
                wrong("input must have at most 65536", () -> revise(null, null, null, LONG_JSON)),
                wrong(
                        "capabilities must have at most 64",
                        () -> new ReviseTask(TASK, null, null, null, names(65), null, null, null, null, null)),
                wrong("add must have at most 64", () -> new LabelTask(TASK, names(65), null)),
                wrong("remove must have at most 64", () -> new LabelTask(TASK, null, names(65))),
                wrong("text must not be blank", () -> new CommentOnTask(TASK, " ")),
                wrong("text must have at most 65536", () -> new CommentOnTask(TASK, LONG_TEXT)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatIsWrong")
    void a_command_of_a_wrong_shape_is_refused_with_the_field_and_its_bound(String fault, ThrowingCallable command) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(command)
                .extracting(refused -> refused.problem().detail())
                .asString()
                .startsWith(fault);
    }

    @Test
    void only_a_title_is_needed_to_submit_a_task() {
        var command = submit("x");

        assertThat(command.priority()).isEqualTo(2);
        assertThat(command.retry()).isEqualTo(Retry.DEFAULT);
        assertThat(command.capabilities()).isEmpty();
        assertThat(command.labels()).isEmpty();
        assertThat(command.blockers()).isEmpty();
        assertThat(command.input()).isNull();
    }

    @Test
    void what_lies_on_a_bound_is_taken() {
        assertThat(submit("x".repeat(200), 0, names(64), names(64), null, null).title())
                .hasSize(200);
        assertThat(submit("x", 9, null, null, null, JSON.stringNode("x".repeat(65_534)))
                        .priority())
                .isEqualTo(9);
        for (var bound : List.of("0", "100", "99.9")) {
            assertThat(new ReportProgress(TASK, AGENT, 1, percent(bound), null, null, null).percent())
                    .isEqualTo(bound);
        }
        assertThat(new RejectTask(TASK, "x".repeat(2_000)).reason()).hasSize(2_000);
    }

    @Test
    void percent_is_written_without_needless_zeros() {
        for (var percent : List.of("40.0", "40.00", "4E+1")) {
            assertThat(new ReportProgress(TASK, AGENT, 1, percent(percent), null, null, null).percent())
                    .hasToString("40");
        }
        assertThat(new ReportProgress(TASK, AGENT, 1, percent("37.50"), null, null, null).percent())
                .hasToString("37.5");
    }

    private static BigDecimal percent(String percent) {
        return new BigDecimal(percent);
    }

    @Test
    void a_blocker_must_be_completed_if_nobody_says() {
        assertThat(new Blocker(TASK, null).until()).isEqualTo(Blocker.Until.COMPLETED);
        assertThat(new AddBlocker(TASK, TaskId.of("u"), null).until()).isEqualTo(Blocker.Until.COMPLETED);
    }

    @Test
    void an_attempt_that_failed_may_be_tried_again_if_nobody_says() {
        assertThat(new FailTask(TASK, AGENT, 1, "x", null, null).retryable()).isTrue();
        assertThat(new FailTask(TASK, AGENT, 1, "x", false, null).retryable()).isFalse();
    }

    @Test
    void json_that_is_null_counts_as_left_out() {
        assertThat(submit("x", null, null, null, null, JSON.nullNode()).input()).isNull();
        assertThat(new CompleteTask(TASK, AGENT, 1, JSON.nullNode(), null).result())
                .isNull();
    }

    @Test
    void what_is_to_be_emptied_is_stored_in_one_order() {
        var command = new ReviseTask(
                TASK,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Set.of(Clearable.DEADLINE, Clearable.INSTRUCTION));

        assertThat(command.clear()).containsExactly(Clearable.INSTRUCTION, Clearable.DEADLINE);
        assertThat(revise("x", null, null, null).clear()).isEmpty();
    }

    @Test
    void a_revision_leaves_capabilities_as_they_are_unless_it_names_some() {
        assertThat(revise("x", null, null, null).capabilities()).isNull();
        assertThat(new ReviseTask(TASK, null, null, null, Set.of(), null, null, null, null, null).capabilities())
                .isEmpty();
    }
}
