package dev.muster.task;

import static dev.muster.task.TaskFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.task.TaskEvent.*;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** At most one agent holds a task. */
class TaskClaimTest {

    private final TaskFixture task = new TaskFixture();

    @Test
    void a_task_is_submitted_with_what_it_needs_and_by_whom() {
        task.when(new Submission().needing("java").labeled("roof").command(), SUBMITTER)
                .emits(new Submission().needing("java").labeled("roof").event());
    }

    @Test
    void a_claim_assigns_and_starts_the_task() {
        task.given(new Submission().needing("java").event());
        task.when(Commands.claim())
                .emits(Life.assigned(), Life.started())
                .answers(new Assignment(TASK, AGENT, 1, LEASE_END, 1));
        assertThat(task.agents.taken).containsExactly("a-1 t-1 1 [java]");
    }

    @Test
    void a_claim_of_what_another_holds_is_told_who_holds_it() {
        task.given(Life.working());
        var problem = task.when(new TaskCommand.ClaimTask(TASK, OTHER_AGENT)).refused("task-already-claimed");
        assertThat(problem.extras()).containsEntry("agentId", AGENT.value()).containsEntry("state", "working");
    }

    @Test
    void a_task_that_waits_for_others_cannot_be_claimed() {
        task.given(new Submission().blockedBy(OTHER_TASK).event());
        var problem = task.when(Commands.claim()).refused("task-not-ready");
        assertThat(problem.detail()).contains(OTHER_TASK.value());
    }

    @Test
    void a_task_that_rests_cannot_be_claimed() {
        task.given(Life.resting());
        var problem = task.when(Commands.claim()).refused("task-not-ready");
        assertThat(problem.extras()).containsKey("retryAt");
    }

    @Test
    void an_assignment_minds_neither_blockers_nor_rests() {
        task.given(Life.resting()).given(new BlockerAdded(TASK, OTHER_TASK, Blocker.Until.COMPLETED));
        task.when(Commands.assign())
                .emits(new TaskAssigned(TASK, AGENT, 2, LEASE_END, 2, false, null))
                .answers(new Assignment(TASK, AGENT, 2, LEASE_END, 2));
    }

    @Test
    void an_assignment_ends_the_rest() {
        task.given(Life.resting())
                .given(new TaskAssigned(TASK, AGENT, 2, LEASE_END, 2, false, null))
                .given(new TaskReleased(TASK, AGENT, 2, null));
        assertThat(task.when(Commands.claim()).events()).containsExactly("TaskAssigned", "TaskStarted");
    }

    @Test
    void what_the_agent_refuses_refuses_the_claim() {
        task.given(Life.submitted());
        task.agents.refuse(TaskRefusals.tooMany(TASK, "agents", 1));
        task.when(Commands.claim()).refused("task-too-many-agents");
    }

    @Test
    void a_declined_task_is_free_again() {
        task.given(Life.submitted(), Life.assigned());
        task.when(Commands.decline()).emits(new TaskDeclined(TASK, AGENT, 1, "Too high"));
    }

    @Test
    void a_label_is_put_on_once_and_taken_off_if_it_is_there() {
        task.given(new Submission().labeled("roof", "red").event());
        task.when(Commands.label(Set.of("roof", "new"), Set.of("red", "none")))
                .emits(new TaskLabeled(TASK, Set.of("new"), Set.of("red")));
    }

    @Test
    void labels_that_change_nothing_leave_no_event() {
        task.given(new Submission().labeled("roof").event());
        task.when(Commands.label(Set.of("roof"), Set.of("none"))).emitsNothing();
    }

    @Test
    void a_task_has_so_many_labels_at_most() {
        var names = IntStream.range(0, 64).mapToObj(i -> "l" + i).toArray(String[]::new);
        task.given(new Submission().labeled(names).event());
        task.when(Commands.label(Set.of("more"), Set.of())).refused("task-too-many-labels");
        new TaskFixture()
                .given(new Submission().labeled(names).event())
                .when(Commands.label(Set.of("more"), Set.of("l1")))
                .emits(new TaskLabeled(TASK, Set.of("more"), Set.of("l1")));
    }

    @Test
    void labels_that_were_changed_are_those_that_count() {
        task.given(new Submission().labeled("roof").event(), new TaskLabeled(TASK, Set.of("new"), Set.of("roof")));
        task.when(Commands.label(Set.of("roof", "new"), Set.of()))
                .emits(new TaskLabeled(TASK, Set.of("roof"), Set.of()));
    }
}
