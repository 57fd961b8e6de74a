package dev.muster.task;

import static dev.muster.task.TaskFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.task.TaskEvent.*;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An attempt that fails is followed by another, after a rest, until none is left. */
class TaskRetryTest {

    private final TaskFixture task = new TaskFixture();

    private TaskFixture working(int maxAttempts, Duration backoff) {
        return task.given(new Submission().retrying(maxAttempts, backoff).event(), Life.assigned(), Life.started());
    }

    @Test
    void a_failed_attempt_is_followed_by_a_rest() {
        working(3, Duration.ofSeconds(10));
        task.when(Commands.fail()).emits(Life.attemptFailed(), new RetryScheduled(TASK, 2, NOW.plusSeconds(10)));
    }

    @Test
    void the_rest_doubles_with_each_attempt() {
        working(5, Duration.ofSeconds(10))
                .given(Life.attemptFailed(), new RetryScheduled(TASK, 2, NOW), Life.retryDue())
                .given(Life.assigned(2), Life.started(2));
        task.when(new TaskCommand.FailTask(TASK, AGENT, 2, "It rained", null, null))
                .emits(Life.attemptFailed(2, 2), new RetryScheduled(TASK, 3, NOW.plusSeconds(20)));
    }

    @Test
    void where_there_is_no_rest_the_next_attempt_is_due_at_once() {
        working(3, Duration.ZERO);
        task.when(Commands.fail()).emits(Life.attemptFailed(), new RetryScheduled(TASK, 2, NOW), new RetryDue(TASK, 2));
    }

    @Test
    void the_last_attempt_fails_the_task() {
        working(1, Duration.ofSeconds(10));
        task.when(Commands.fail())
                .emits(new TaskFailed(
                        TASK, AGENT, null, null, TaskFailed.Cause.ATTEMPTS, "It rained", Usage.NONE, Usage.NONE));
    }

    @Test
    void what_is_not_retryable_fails_the_task() {
        working(3, Duration.ofSeconds(10));
        task.when(Commands.fail(false, null))
                .emits(new TaskFailed(
                        TASK, AGENT, null, null, TaskFailed.Cause.NOT_RETRYABLE, "It rained", Usage.NONE, Usage.NONE));
    }

    @Test
    void a_rest_is_not_ended_before_it_is_over() {
        task.given(Life.resting());
        task.clock.set(NOW.plusSeconds(10).minusMillis(1));
        task.when(Commands.endBackoff()).refused("task-backoff-not-over");
    }

    @Test
    void a_rest_that_is_over_is_ended_once() {
        task.given(Life.resting());
        task.clock.set(NOW.plusSeconds(10));
        task.when(Commands.endBackoff()).emits(Life.retryDue());
        new TaskFixture()
                .given(Life.resting())
                .given(Life.retryDue())
                .when(Commands.endBackoff())
                .refused("task-backoff-not-over");
    }

    @Test
    void a_task_that_is_given_back_costs_no_attempt() {
        working(1, Duration.ZERO).given(Life.released(), Life.assigned(2));
        assertThat(task.when(new TaskCommand.StartTask(TASK, AGENT, 2)).events())
                .containsExactly("TaskStarted");
    }

    @Test
    void a_deadline_is_not_over_before_it_has_passed() {
        task.given(new Submission().until(NOW.plusSeconds(60)).event());
        task.clock.set(NOW.plusSeconds(60).minusMillis(1));
        task.when(Commands.expireTask()).refused("task-deadline-not-over");
    }

    @Test
    void a_task_without_a_deadline_does_not_expire() {
        task.given(Life.submitted());
        task.when(Commands.expireTask()).refused("task-deadline-not-over");
    }

    @Test
    void a_deadline_that_has_passed_fails_the_task_and_names_who_held_it() {
        task.given(new Submission().until(NOW.plusSeconds(60)).event(), Life.assigned(), Life.started());
        task.clock.set(NOW.plusSeconds(60));
        task.when(Commands.expireTask())
                .emits(new TaskFailed(
                        TASK,
                        AGENT,
                        null,
                        null,
                        TaskFailed.Cause.DEADLINE,
                        "its deadline was " + NOW.plusSeconds(60),
                        Usage.NONE,
                        Usage.NONE));
    }

    @Test
    void a_reopened_task_has_all_its_attempts_again_and_no_old_deadline() {
        var life = new TaskFixture()
                .given(new Submission()
                        .retrying(1, Duration.ZERO)
                        .until(NOW.plusSeconds(5))
                        .event())
                .given(Life.assigned(), Life.started(), Life.failed(), Life.reopened());
        life.clock.advance(Duration.ofDays(1));
        life.when(Commands.expireTask()).refused("task-deadline-not-over");
        task.given(new Submission().retrying(2, Duration.ZERO).event(), Life.assigned(), Life.started())
                .given(
                        Life.attemptFailed(),
                        Life.retryScheduled(NOW),
                        Life.retryDue(),
                        Life.assigned(2),
                        Life.started(2))
                .given(Life.failed(), Life.reopened(), Life.assigned(3), Life.started(3));
        task.when(new TaskCommand.FailTask(TASK, AGENT, 3, "It rained", null, null))
                .emits(Life.attemptFailed(3, 1), new RetryScheduled(TASK, 2, NOW), Life.retryDue());
    }

    @Test
    void a_reopened_task_may_have_a_new_deadline() {
        task.given(Life.in(TaskState.COMPLETED)).given(new TaskReopened(TASK, "again", NOW));
        assertThat(task.when(Commands.expireTask()).events()).containsExactly("TaskFailed");
    }
}
