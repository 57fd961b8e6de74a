package dev.muster.mission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.AgentId;
import dev.muster.mission.MissionCommand.*;
import dev.muster.mission.MissionEvent.*;
import dev.muster.task.Retry;
import dev.muster.task.TaskCommand.*;
import dev.muster.task.TaskEvent.*;
import dev.muster.task.TaskId;
import dev.muster.task.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.test.saga.SagaTestFixture;
import org.axonframework.test.saga.WhenState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/** What a mission decides reaches its tasks, and what becomes of them the mission: each once. */
class MissionSagaTest {

    private static final MissionId MISSION = MissionId.of("m");
    private static final TaskId TASK = TaskId.of("m/a");
    private static final TaskId UNDO = TaskId.of("m/a/undo");
    private static final AgentId ADA = AgentId.of("ada");

    private final SagaTestFixture<MissionSaga> fixture = new SagaTestFixture<>(MissionSaga.class);
    private final List<Owed> sent = new ArrayList<>();

    @BeforeEach
    void sendAtOnce() {
        fixture.registerResource((Outbox) (mission, owed) -> {
            sent.add(owed);
            fixture.getCommandBus().dispatch(new GenericCommandMessage<>(owed.command()));
        });
    }

    private static MissionStarted started() {
        return new MissionStarted(MISSION, null);
    }

    private static Work work(TaskId task) {
        return new Work(
                task, "Do it", "Carefully", Set.of("java"), JsonNodeFactory.instance.objectNode(), Retry.DEFAULT);
    }

    private static StepStarted begun() {
        return new StepStarted(MISSION, "a", work(TASK), "kim");
    }

    private static CompensationStarted undoing() {
        return new CompensationStarted(MISSION, "a", work(UNDO), "kim");
    }

    private static SubmitTask submit(TaskId task) {
        var work = work(task);
        return new SubmitTask(
                task,
                work.title(),
                work.instruction(),
                null,
                work.capabilities(),
                null,
                null,
                null,
                work.input(),
                work.retry(),
                null,
                MISSION,
                "a");
    }

    private static TaskSubmitted submitted(TaskId task) {
        return submitted(task, MISSION);
    }

    private static TaskSubmitted submitted(TaskId task, @Nullable MissionId mission) {
        return new TaskSubmitted(
                task,
                "Do it",
                null,
                2,
                Set.of(),
                Set.of(),
                null,
                List.of(),
                null,
                Retry.DEFAULT,
                null,
                mission,
                mission == null ? null : "a",
                "kim");
    }

    private static TaskAssigned assigned(long token) {
        return new TaskAssigned(TASK, ADA, token, null, 1, false, MISSION);
    }

    private static ProgressReported progress(long token, Usage total) {
        return new ProgressReported(TASK, ADA, token, null, null, List.of(), total, total, null);
    }

    private static TaskCompleted completed(TaskId task, long token, Usage total) {
        return new TaskCompleted(task, ADA, token, MISSION, "a", StringNode.valueOf("done"), total, Usage.NONE);
    }

    private static Usage tokens(long tokens) {
        return new Usage(tokens, 0, 0);
    }

    /** A mission that runs one step, whose task is on the board, and then these events. */
    private WhenState given(Object... events) {
        var state = fixture.givenAPublished(started());
        state = state.andThenAPublished(begun());
        state = state.andThenAPublished(submitted(TASK));
        for (var event : events) {
            state = state.andThenAPublished(event);
        }
        sent.clear();
        return state;
    }

    // ---- what the mission decides

    @Test
    void a_step_becomes_a_task_for_who_planned_the_mission() {
        fixture.givenAPublished(started()).whenPublishingA(begun()).expectDispatchedCommands(submit(TASK));
        assertThat(sent).singleElement().satisfies(owed -> {
            assertThat(owed.onBehalfOf()).isEqualTo("kim");
            assertThat(owed.key()).contains("submit m/a", owed.cause().eventId());
        });
    }

    @Test
    void what_undoes_a_step_becomes_a_task_as_well() {
        given(new StepCompleted(MISSION, "a", TASK, null), new MissionStopped(MISSION, StopReason.CANCELED, "enough"))
                .whenPublishingA(undoing())
                .expectDispatchedCommands(submit(UNDO));
    }

    @Test
    void when_a_mission_is_stopped_what_runs_is_canceled() {
        given().whenPublishingA(new MissionStopped(MISSION, StopReason.BUDGET, "too much"))
                .expectDispatchedCommands(new CancelTask(TASK, "its mission was stopped: budget"));
    }

    @Test
    void what_has_ended_before_is_not_canceled() {
        given(new StepCompleted(MISSION, "a", TASK, null))
                .whenPublishingA(new MissionStopped(MISSION, StopReason.CANCELED, "enough"))
                .expectNoDispatchedCommands();
    }

    @Test
    void at_the_deadline_the_mission_is_told_so() {
        var deadline = Instant.parse("2026-03-01T11:00:00Z");
        fixture.givenCurrentTime(deadline.minusSeconds(60))
                .andThenAPublished(new MissionStarted(MISSION, deadline))
                .whenTimeAdvancesTo(deadline)
                .expectDispatchedCommands(new ExpireMission(MISSION));
    }

    @Test
    void without_a_deadline_nothing_is_waited_for() {
        fixture.givenNoPriorActivity()
                .whenPublishingA(started())
                .expectActiveSagas(1)
                .expectNoScheduledDeadlines();
    }

    // ---- what becomes of its tasks

    @Test
    void a_completed_task_completes_its_step() {
        given(assigned(3))
                .whenPublishingA(completed(TASK, 3, tokens(7)))
                .expectDispatchedCommands(
                        new RecordStepCompleted(MISSION, "a", StringNode.valueOf("done"), 3, tokens(7)));
    }

    @Test
    void a_failed_task_fails_its_step() {
        given(assigned(3))
                .whenPublishingA(new TaskFailed(
                        TASK, ADA, MISSION, "a", TaskFailed.Cause.ATTEMPTS, "it rained", tokens(7), Usage.NONE))
                .expectDispatchedCommands(new RecordStepFailed(MISSION, "a", "it rained", 3, tokens(7)));
    }

    @Test
    void so_does_one_that_is_rejected_or_canceled_with_what_it_had_used() {
        given(assigned(3), progress(3, tokens(5)))
                .whenPublishingA(new TaskRejected(TASK, ADA, MISSION, "a", "not ours"))
                .expectDispatchedCommands(
                        new RecordStepFailed(MISSION, "a", "its task was rejected: not ours", 3, tokens(5)));
    }

    @Test
    void also_without_a_reason() {
        given().whenPublishingA(new TaskCanceled(TASK, null, MISSION, "a", null))
                .expectDispatchedCommands(new RecordStepFailed(MISSION, "a", "its task was canceled", 0, Usage.NONE));
    }

    @Test
    void what_undoes_a_step_is_told_apart_from_the_step() {
        given(new StepCompleted(MISSION, "a", TASK, null), undoing(), submitted(UNDO))
                .whenPublishingA(completed(UNDO, 1, tokens(2)))
                .expectDispatchedCommands(new RecordCompensated(MISSION, "a", 0, tokens(2)));
    }

    @Test
    void what_fails_to_undo_a_step_too() {
        given(new StepCompleted(MISSION, "a", TASK, null), undoing(), submitted(UNDO))
                .whenPublishingA(new TaskRejected(UNDO, null, MISSION, "a", null))
                .expectDispatchedCommands(
                        new RecordCompensationFailed(MISSION, "a", "its task was rejected", 0, Usage.NONE));
    }

    @Test
    void what_a_task_uses_is_told_when_it_changes() {
        given(assigned(3))
                .whenPublishingA(progress(3, tokens(5)))
                .expectDispatchedCommands(new RecordUsage(MISSION, "a", false, 3, tokens(5)));
    }

    @Test
    void and_not_when_it_does_not() {
        given(assigned(3), progress(3, tokens(5)))
                .whenPublishingA(progress(3, tokens(5)))
                .expectNoDispatchedCommands();
    }

    @Test
    void also_what_a_failed_attempt_has_used() {
        given(assigned(3))
                .whenPublishingA(new AttemptFailed(TASK, ADA, 3, MISSION, "a", 1, "it rained", tokens(6), tokens(6)))
                .expectDispatchedCommands(new RecordUsage(MISSION, "a", false, 3, tokens(6)));
    }

    @Test
    void a_task_that_somebody_else_submitted_under_its_identifier_says_nothing() {
        fixture.givenAPublished(started())
                .andThenAPublished(begun())
                .andThenAPublished(submitted(TASK, null))
                .andThenAPublished(assigned(1))
                .whenPublishingA(completed(TASK, 1, Usage.NONE))
                .expectNoDispatchedCommands();
    }

    // ---- its end

    @Test
    void the_saga_ends_with_the_mission() {
        given().whenPublishingA(new MissionCompleted(MISSION)).expectActiveSagas(0);
    }

    @Test
    void also_when_it_failed() {
        given().whenPublishingA(new MissionFailed(MISSION, StopReason.DEADLINE, "late", Set.of()))
                .expectActiveSagas(0);
    }

    @Test
    void also_when_it_was_canceled() {
        given().whenPublishingA(new MissionCanceled(MISSION, "enough", Set.of()))
                .expectActiveSagas(0);
    }

    @Test
    void a_task_whose_step_is_over_is_listened_to_no_more() {
        given(new StepFailed(MISSION, "a", TASK, "it broke"))
                .whenPublishingA(completed(TASK, 1, Usage.NONE))
                .expectNoDispatchedCommands()
                .expectNoAssociationWith("taskId", TASK.toString());
    }
}
