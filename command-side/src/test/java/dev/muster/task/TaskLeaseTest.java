package dev.muster.task;

import static dev.muster.task.TaskFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.task.TaskEvent.*;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

/** A hold on a task is a lease with a fencing token. */
class TaskLeaseTest {

    private final TaskFixture task = new TaskFixture();

    @Test
    void a_heartbeat_while_two_thirds_are_left_leaves_no_event_and_tells_the_recorded_expiry() {
        task.given(Life.working());
        task.clock.advance(Duration.ofSeconds(59));
        task.when(Commands.extend()).emitsNothing().answers(new LeaseTerm(LEASE_END));
    }

    @Test
    void a_later_heartbeat_extends_the_lease() {
        task.given(Life.working());
        task.clock.advance(Duration.ofSeconds(61));
        var end = LEASE_END.plusSeconds(61);
        task.when(Commands.extend())
                .emits(new LeaseExtended(TASK, AGENT, 1, end))
                .answers(new LeaseTerm(end));
    }

    @Test
    void a_report_of_progress_extends_the_lease_too() {
        task.given(Life.working());
        task.clock.advance(Duration.ofSeconds(10));
        task.when(Commands.report()).answers(new LeaseTerm(LEASE_END.plusSeconds(10)));
    }

    @Test
    void a_stale_fencing_token_is_refused() {
        task.given(Life.working()).given(Life.released(), Life.assigned(2), Life.started(2));
        task.when(Commands.complete()).refused("task-lease-lost");
    }

    @Test
    void the_token_of_another_agent_is_refused() {
        task.given(Life.working());
        task.when(new TaskCommand.CompleteTask(TASK, OTHER_AGENT, 1, null, null))
                .refused("task-lease-lost");
    }

    @Test
    void a_late_completion_is_told_who_holds_the_task_now() {
        task.given(Life.working())
                .given(Life.released(), new TaskAssigned(TASK, OTHER_AGENT, 2, LEASE_END, 1, false, null));
        var problem = task.when(Commands.complete()).refused("task-lease-lost");
        assertThat(problem.detail()).contains(OTHER_AGENT.value()).contains("token 2");
    }

    @Test
    void the_token_grows_with_each_assignment_also_after_a_reopening() {
        task.given(Life.working()).given(Life.completed(), Life.reopened());
        task.when(Commands.claim()).answers(new Assignment(TASK, AGENT, 2, LEASE_END, 1));
    }

    @Test
    void a_lease_is_not_expired_before_its_recorded_end() {
        task.given(Life.working());
        task.clock.set(LEASE_END.minusMillis(1));
        task.when(Commands.expireLease()).refused("task-lease-not-over");
    }

    @Test
    void a_lease_that_is_over_costs_an_attempt_of_who_was_working() {
        task.given(new Submission().retrying(2, Duration.ofSeconds(10)).event(), Life.assigned(), Life.started());
        task.clock.set(LEASE_END);
        assertThat(task.when(Commands.expireLease()).events())
                .containsExactly("LeaseExpired", "AttemptFailed", "RetryScheduled");
    }

    @Test
    void a_lease_that_is_over_fails_a_task_whose_last_attempt_it_was() {
        task.given(new Submission().retrying(1, Duration.ZERO).event(), Life.assigned(), Life.started());
        task.clock.set(LEASE_END);
        assertThat(task.when(Commands.expireLease()).events()).containsExactly("LeaseExpired", "TaskFailed");
    }

    @Test
    void a_lease_that_is_over_costs_no_attempt_of_who_had_not_begun() {
        task.given(Life.submitted(), Life.assigned());
        task.clock.set(LEASE_END);
        assertThat(task.when(Commands.expireLease()).events()).containsExactly("LeaseExpired", "TaskReleased");
    }

    @Test
    void the_lease_of_an_earlier_token_is_not_expired_again() {
        task.given(Life.working()).given(Life.released(), Life.assigned(2));
        task.clock.set(LEASE_END);
        task.when(Commands.expireLease()).refused("task-lease-lost");
    }

    @Test
    void a_void_lease_never_ends() {
        task.given(Life.submitted(), Life.assignedUntil(null), Life.started());
        task.clock.advance(Duration.ofDays(365));
        task.when(Commands.expireLease()).refused("task-lease-not-over");
    }

    @Test
    void a_void_lease_becomes_a_real_one_with_the_first_heartbeat() {
        task.given(Life.submitted(), Life.assignedUntil(null), Life.started());
        task.when(Commands.extend()).emits(new LeaseExtended(TASK, AGENT, 1, LEASE_END));
    }

    @Test
    void a_void_lease_becomes_a_real_one_when_the_task_is_started() {
        task.given(Life.submitted(), Life.assignedUntil(null));
        task.when(Commands.start())
                .emits(Life.started(), new LeaseExtended(TASK, AGENT, 1, LEASE_END))
                .answers(new LeaseTerm(LEASE_END));
    }

    @Test
    void where_leases_are_void_nothing_sets_one() {
        task.terms.beVoid();
        task.given(Life.submitted(), Life.assignedUntil(null));
        task.when(Commands.start()).emits(Life.started()).answers(new LeaseTerm(null));
        task.when(Commands.claim()).refused("task-already-claimed");
    }

    @Test
    void a_rest_may_last_as_long_as_the_limit_of_rests() {
        task.given(Life.working());
        task.when(Commands.suspend())
                .emits(new TaskSuspended(TASK, AGENT, 1, REST_END, "Rain"))
                .answers(new LeaseTerm(REST_END));
    }

    @Test
    void a_question_may_wait_as_long_as_the_limit_of_rests() {
        task.given(Life.working());
        task.when(Commands.requestInput())
                .emits(new InputRequested(TASK, AGENT, 1, REST_END, "Which colour?"))
                .answers(new LeaseTerm(REST_END));
    }

    @Test
    void who_goes_on_has_a_full_lease_again() {
        task.given(Life.working()).given(Life.suspended());
        task.clock.advance(Duration.ofHours(5));
        var end = LEASE_END.plus(Duration.ofHours(5));
        task.when(Commands.resume()).emits(new TaskResumed(TASK, AGENT, 1, end)).answers(new LeaseTerm(end));
    }

    @Test
    void an_answer_gives_the_holder_a_full_lease_again() {
        task.given(Life.working()).given(Life.inputRequested());
        task.when(Commands.provideInput(), "somebody")
                .emits(new InputProvided(TASK, AGENT, 1, LEASE_END, StringNode.valueOf("red")))
                .answers(new LeaseTerm(LEASE_END));
    }
}
