package dev.muster.task;

import static dev.muster.task.TaskFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.mission.MissionId;
import dev.muster.task.TaskCommand.*;
import dev.muster.task.TaskEvent.*;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.StringNode;

/** How a task is given back, ended, reopened and changed, what it charges, and what becomes of its holder's slot. */
class TaskEndTest {

    private static final Usage FEW = new Usage(10, 20, 30);
    private static final Usage MORE = new Usage(15, 25, 35);

    private final TaskFixture task = new TaskFixture();

    // ---- given back

    @ParameterizedTest
    @ValueSource(strings = {"anonymous", "operator:kim", "system:supervisor"})
    void an_operator_and_the_system_release_without_a_token(String actor) {
        task.given(Life.working());
        task.when(new ReleaseTask(TASK, null, null, "x"), actor).emits(new TaskReleased(TASK, AGENT, 1, "x"));
    }

    @Test
    void a_token_that_an_operator_names_must_be_the_last_one() {
        task.given(Life.working());
        task.when(new ReleaseTask(TASK, AGENT, 7L, null)).refused("task-lease-lost");
        task.when(new ReleaseTask(TASK, OTHER_AGENT, null, null)).refused("task-lease-lost");
    }

    @Test
    void an_agent_releases_its_own_task_with_its_token() {
        task.given(Life.working());
        task.when(new ReleaseTask(TASK, null, 1L, null), AGENT.value()).emits(new TaskReleased(TASK, AGENT, 1, null));
    }

    @Test
    void an_agent_that_names_no_token_is_told_so() {
        task.given(Life.working());
        var problem = task.when(new ReleaseTask(TASK, null, null, null), AGENT.value())
                .refused("invalid-field");
        assertThat(problem.detail()).contains("fencingToken");
    }

    @Test
    void an_agent_does_not_release_the_task_of_another() {
        task.given(Life.working());
        task.when(new ReleaseTask(TASK, null, 1L, null), OTHER_AGENT.value()).refused("task-lease-lost");
    }

    // ---- ended

    @Test
    void the_submitter_cancels_its_task() {
        task.given(Life.working());
        task.when(Commands.cancel(), SUBMITTER).emits(new TaskCanceled(TASK, AGENT, null, null, "The house is sold"));
    }

    @Test
    void another_agent_does_not_cancel_it() {
        task.given(Life.working());
        assertThat(task.when(Commands.cancel(), OTHER_AGENT.value())
                        .refused("task-not-submitter")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void what_nobody_holds_ends_without_an_agent() {
        task.given(Life.submitted());
        task.when(Commands.cancel()).emits(new TaskCanceled(TASK, null, null, null, "The house is sold"));
        task.when(Commands.reject()).emits(new TaskRejected(TASK, null, null, null, "Nobody needs it"));
    }

    @Test
    void a_rest_ends_with_the_task() {
        for (var end : List.<TaskEvent>of(Life.canceled(), Life.rejected(), Life.failed())) {
            var ended = new TaskFixture().given(Life.resting()).given(end, Life.reopened());
            assertThat(ended.when(Commands.claim()).events()).contains("TaskAssigned");
        }
    }

    @Test
    void events_of_the_end_name_the_mission_and_the_step() {
        var submission = new Submission().ofStep("m", "s").event();
        task.given(submission, Life.assigned(), Life.started());
        task.when(Commands.complete())
                .emits(new TaskCompleted(
                        TASK, AGENT, 1, MissionId.of("m"), "s", StringNode.valueOf("done"), Usage.NONE, Usage.NONE));
    }

    @Test
    void a_task_of_a_mission_is_not_reopened() {
        task.given(
                Life.in(TaskState.COMPLETED, new Submission().ofStep("m", "s").event()));
        task.when(Commands.reopen()).refused("task-of-mission");
    }

    // ---- what it used

    @Test
    void the_first_report_charges_all_that_it_says() {
        task.given(Life.working());
        task.when(Commands.report(FEW))
                .emits(new ProgressReported(TASK, AGENT, 1, 400, "Half of the tiles", List.of(), FEW, FEW, LEASE_END));
    }

    @Test
    void progress_is_recorded_in_thousandths() {
        task.given(Life.working());
        task.when(new ReportProgress(TASK, AGENT, 1, new BigDecimal("37.5"), null, null, null))
                .emits(new ProgressReported(TASK, AGENT, 1, 375, null, List.of(), Usage.NONE, Usage.NONE, LEASE_END));
    }

    @Test
    void a_later_report_charges_the_difference() {
        task.given(Life.working())
                .given(new ProgressReported(TASK, AGENT, 1, null, null, List.of(), FEW, FEW, LEASE_END));
        task.when(Commands.complete(MORE))
                .emits(new TaskCompleted(
                        TASK, AGENT, 1, null, null, StringNode.valueOf("done"), MORE, new Usage(5, 5, 5)));
    }

    @Test
    void a_repeated_report_charges_nothing() {
        task.given(Life.working())
                .given(new ProgressReported(TASK, AGENT, 1, null, null, List.of(), FEW, FEW, LEASE_END));
        task.when(Commands.report(FEW))
                .emits(new ProgressReported(
                        TASK, AGENT, 1, 400, "Half of the tiles", List.of(), FEW, Usage.NONE, LEASE_END));
    }

    @Test
    void a_smaller_usage_is_refused() {
        task.given(Life.working())
                .given(new ProgressReported(TASK, AGENT, 1, null, null, List.of(), MORE, MORE, LEASE_END));
        assertThat(task.when(Commands.fail(null, FEW))
                        .refused("task-usage-smaller")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void a_new_attempt_begins_to_count_anew() {
        task.given(new Submission().retrying(3, Duration.ZERO).event(), Life.assigned(), Life.started())
                .given(new ProgressReported(TASK, AGENT, 1, null, null, List.of(), MORE, MORE, LEASE_END))
                .given(Life.attemptFailed(), Life.retryDue(), Life.assigned(2), Life.started(2));
        task.when(new CompleteTask(TASK, AGENT, 2, null, FEW))
                .emits(new TaskCompleted(TASK, AGENT, 2, null, null, null, FEW, FEW));
    }

    @Test
    void a_failed_attempt_charges_what_came_on_top() {
        task.given(Life.working())
                .given(new ProgressReported(TASK, AGENT, 1, null, null, List.of(), FEW, FEW, LEASE_END));
        task.when(Commands.fail(false, MORE))
                .emits(new TaskFailed(
                        TASK,
                        AGENT,
                        null,
                        null,
                        TaskFailed.Cause.NOT_RETRYABLE,
                        "It rained",
                        MORE,
                        new Usage(5, 5, 5)));
    }

    // ---- the holder's slot

    private TaskFixture withSlot() {
        return task.given(
                new Submission().until(NOW).retrying(2, Duration.ZERO).event(),
                Life.assignedWithSlot(),
                Life.started());
    }

    @Test
    void an_assignment_says_whether_it_took_a_slot() {
        task.agents.beLimited();
        task.given(Life.submitted());
        task.when(Commands.assign()).emits(Life.assignedWithSlot());
    }

    @Test
    void each_way_in_which_a_task_leaves_its_holder_frees_the_slot_once() {
        var ways = List.<Object>of(
                Commands.complete(),
                Commands.fail(),
                Commands.fail(false, null),
                Commands.release(),
                Commands.reject(),
                Commands.cancel(),
                Commands.expireTask(),
                Commands.expireLease());
        for (var way : ways) {
            var held = new TaskFixture()
                    .given(new Submission()
                            .until(NOW)
                            .retrying(2, Duration.ZERO)
                            .event())
                    .given(Life.assignedWithSlot(), Life.started());
            held.clock.set(LEASE_END);
            held.when(way).events();
            assertThat(held.agents.freed).as(way.toString()).containsExactly("a-1 t-1 1");
        }
        var assigned = new TaskFixture().given(Life.submitted(), Life.assignedWithSlot());
        assigned.when(Commands.decline()).events();
        assertThat(assigned.agents.freed).containsExactly("a-1 t-1 1");
        assigned.clock.set(LEASE_END);
        assigned.when(Commands.expireLease()).events();
        assertThat(assigned.agents.freed).hasSize(2);
    }

    @Test
    void a_task_that_took_no_slot_frees_none() {
        task.given(Life.working());
        task.when(Commands.complete()).events();
        assertThat(task.agents.freed).isEmpty();
    }

    @Test
    void a_task_that_is_not_held_any_more_frees_no_slot_again() {
        withSlot().given(Life.released());
        task.when(Commands.cancel()).events();
        task.when(Commands.reject()).events();
        task.clock.set(LEASE_END);
        task.when(Commands.expireTask()).events();
        assertThat(task.agents.freed).isEmpty();
    }

    // ---- changed

    @Test
    void what_is_left_out_of_a_revision_stays_as_it_was() {
        task.given(new Submission().needing("java").event());
        var nothing = new ReviseTask(TASK, null, null, null, null, null, null, null, null, null);
        task.when(nothing).emitsNothing();
        task.when(Commands.revise("Roof"))
                .emits(new TaskRevised(TASK, "Roof", null, null, null, null, null, null, null, Set.of()));
        task.given(new TaskRevised(TASK, "Roof", null, null, null, null, null, null, null, Set.of()));
        task.when(Commands.claim()).events();
        assertThat(task.agents.taken).containsExactly("a-1 t-1 1 [java]");
    }

    @Test
    void revised_capabilities_and_retries_are_those_that_count() {
        task.given(Life.submitted())
                .given(new TaskRevised(
                        TASK, null, null, null, Set.of("sql"), null, null, new Retry(1, Duration.ZERO), null, Set.of()))
                .given(Life.assigned(), Life.started());
        assertThat(task.when(Commands.fail()).events()).containsExactly("TaskFailed");
        task.given(Life.failed(), Life.reopened());
        task.when(Commands.claim()).events();
        assertThat(task.agents.taken).containsExactly("a-1 t-1 2 [sql]");
    }

    @Test
    void a_deadline_can_be_set_and_taken_away() {
        task.given(new Submission().until(NOW).event())
                .given(new TaskRevised(
                        TASK, null, null, null, null, null, null, null, null, Set.of(Clearable.DEADLINE)));
        task.when(Commands.expireTask()).refused("task-deadline-not-over");
        task.given(new TaskRevised(TASK, null, null, null, null, null, null, null, NOW, Set.of()));
        assertThat(task.when(Commands.expireTask()).events()).containsExactly("TaskFailed");
    }

    @Test
    void a_task_is_not_put_under_itself_or_under_what_is_not_there() {
        task.given(Life.submitted());
        task.when(new ReviseTask(TASK, null, null, null, null, TASK, null, null, null, null))
                .refused("parent-itself");
        task.tasks.unknown(OTHER_TASK);
        task.when(new ReviseTask(TASK, null, null, null, null, OTHER_TASK, null, null, null, null))
                .refused("task-not-found");
    }

    @Test
    void a_comment_is_kept_as_it_is() {
        task.given(Life.in(TaskState.REJECTED));
        task.when(Commands.comment()).emits(new TaskCommented(TASK, "Take the long ladder"));
    }
}
