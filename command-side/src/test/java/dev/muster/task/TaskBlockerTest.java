package dev.muster.task;

import static dev.muster.task.TaskFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.task.TaskEvent.*;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A task can wait for others, but not in a circle. */
class TaskBlockerTest {

    private static final TaskId THIRD = TaskId.of("t-3");

    private final TaskFixture task = new TaskFixture();

    @Test
    void an_unknown_blocker_is_refused_at_submission_and_later() {
        task.tasks.unknown(OTHER_TASK);
        task.when(new Submission().blockedBy(OTHER_TASK).command()).refused("task-not-found");
        task.given(Life.submitted());
        task.when(Commands.addBlocker()).refused("task-not-found");
    }

    @Test
    void an_unknown_parent_is_refused() {
        task.tasks.unknown(OTHER_TASK);
        task.when(new Submission().under(OTHER_TASK).command()).refused("task-not-found");
    }

    @Test
    void a_task_waits_for_itself_neither_from_the_start_nor_later() {
        task.when(new Submission().blockedBy(TASK).command()).refused("blocker-itself");
        task.given(Life.submitted());
        task.when(new TaskCommand.AddBlocker(TASK, TASK, null)).refused("blocker-itself");
    }

    @Test
    void a_task_does_not_belong_to_itself() {
        task.when(new Submission().under(TASK).command()).refused("parent-itself");
    }

    @Test
    void a_circle_is_refused_with_its_path() {
        task.tasks.way(OTHER_TASK, THIRD, TASK);
        task.given(Life.submitted());
        var problem = task.when(Commands.addBlocker()).refused("blocker-cycle");
        assertThat(problem.extras()).containsEntry("path", List.of("t-2", "t-3", "t-1"));
        assertThat(problem.status()).isEqualTo(422);
    }

    @Test
    void a_blocker_that_is_there_already_is_not_added_again() {
        task.given(new Submission().blockedBy(OTHER_TASK).event());
        task.when(Commands.addBlocker()).emitsNothing();
    }

    @Test
    void a_blocker_may_come_to_wait_for_something_else() {
        task.given(new Submission().blockedBy(OTHER_TASK).event());
        task.when(new TaskCommand.AddBlocker(TASK, OTHER_TASK, Blocker.Until.ENDED))
                .emits(new BlockerAdded(TASK, OTHER_TASK, Blocker.Until.ENDED));
    }

    @Test
    void adding_a_blocker_does_not_take_a_held_task_away() {
        task.given(Life.working());
        task.when(Commands.addBlocker()).emits(new BlockerAdded(TASK, OTHER_TASK, Blocker.Until.COMPLETED));
        assertThat(task.given(new BlockerAdded(TASK, OTHER_TASK, Blocker.Until.COMPLETED))
                        .when(Commands.complete())
                        .events())
                .containsExactly("TaskCompleted");
    }

    @Test
    void a_blocker_is_cleared_by_what_was_waited_for_alone() {
        task.given(new Submission().blockedBy(OTHER_TASK).event());
        task.when(Commands.clearBlocker(TaskState.FAILED)).refused("blocker-not-met");
        task.when(Commands.clearBlocker(TaskState.COMPLETED))
                .emits(new BlockerCleared(TASK, OTHER_TASK, TaskState.COMPLETED));
    }

    @Test
    void a_blocker_until_its_end_is_cleared_by_any_end() {
        task.given(new Submission().blockedUntilEnded(OTHER_TASK).event());
        task.when(Commands.clearBlocker(TaskState.CANCELED))
                .emits(new BlockerCleared(TASK, OTHER_TASK, TaskState.CANCELED));
    }

    @Test
    void a_blocker_that_is_not_there_can_be_neither_cleared_nor_removed() {
        task.given(Life.submitted());
        task.when(Commands.clearBlocker(TaskState.COMPLETED)).refused("blocker-not-found");
        task.when(Commands.removeBlocker()).refused("blocker-not-found");
    }

    @Test
    void a_task_whose_blockers_are_gone_can_be_claimed() {
        task.given(new Submission().blockedBy(OTHER_TASK, THIRD).event())
                .given(
                        new BlockerCleared(TASK, OTHER_TASK, TaskState.COMPLETED),
                        new BlockerRemoved(TASK, THIRD, null));
        assertThat(task.when(Commands.claim()).events()).containsExactly("TaskAssigned", "TaskStarted");
    }

    @Test
    void one_blocker_that_is_left_holds_the_task_up() {
        task.given(new Submission().blockedBy(OTHER_TASK, THIRD).event())
                .given(new BlockerCleared(TASK, OTHER_TASK, TaskState.COMPLETED));
        task.when(Commands.claim()).refused("task-not-ready");
    }

    @Test
    void a_blocker_that_was_cleared_stays_cleared_when_the_task_is_reopened() {
        task.given(new Submission().blockedBy(OTHER_TASK).event())
                .given(new BlockerCleared(TASK, OTHER_TASK, TaskState.COMPLETED), Life.assigned(), Life.started())
                .given(Life.completed(), Life.reopened());
        assertThat(task.when(Commands.claim()).events()).contains("TaskAssigned");
    }

    @Test
    void a_task_waits_for_so_many_others_at_most() {
        var many = IntStream.range(0, TaskCommand.MAX_BLOCKERS)
                .mapToObj(i -> TaskId.of("b" + i))
                .toArray(TaskId[]::new);
        task.given(new Submission().blockedBy(many).event());
        task.when(Commands.addBlocker()).refused("task-too-many-blockers");
    }
}
