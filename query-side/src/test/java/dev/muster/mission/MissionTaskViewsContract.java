package dev.muster.mission;

import static dev.muster.mission.MissionEvents.*;
import static dev.muster.mission.MissionStory.NOW;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.mission.MissionEvent.*;
import dev.muster.task.TaskEvent.*;
import dev.muster.task.Usage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

/** Given what happened to the tasks of a mission, where their time went and what they have used; wherever the views are. */
abstract class MissionTaskViewsContract extends MissionViewsFixture {

    private static final Usage FEW = new Usage(10, 20, 30);
    private static final Usage MORE = new Usage(15, 25, 35);

    // ---- where the time of a task went

    @Test
    void a_step_that_failed_twice_shows_three_attempts_and_where_its_time_went() {
        givenWallIsSubmitted();
        after(ofMinutes(1), assigned(WALL, ADA, 1, 1), begun(WALL, ADA, 1));
        after(ofMinutes(10), attemptFailed(WALL, ADA, 1), new RetryScheduled(WALL, 2, NOW));
        after(ofMinutes(2), new RetryDue(WALL, 2));
        after(ofMinutes(3), assigned(WALL, BEN, 2, 2), begun(WALL, BEN, 2));
        after(ofMinutes(20), attemptFailed(WALL, BEN, 2), new RetryScheduled(WALL, 3, NOW));
        after(ofMinutes(4), assigned(WALL, ADA, 3, 3));
        after(ofMinutes(5), begun(WALL, ADA, 3));
        after(ofMinutes(30), completed(WALL), stepCompleted("wall"));
        assertThat(work("wall"))
                .isEqualTo(new WorkView(
                        WALL,
                        3,
                        List.of(ADA, BEN),
                        ofMinutes(1 + 3 + 5),
                        ofMinutes(10 + 20 + 30),
                        ofMinutes(2 + 4),
                        Usage.NONE,
                        NOW,
                        NOW.plus(ofMinutes(75))));
    }

    @Test
    void a_suspended_task_and_one_that_needs_an_input_rest() {
        givenWallIsSubmitted();
        given(assigned(WALL, ADA, 1, 1), begun(WALL, ADA, 1));
        after(ofMinutes(1), new TaskSuspended(WALL, ADA, 1, null, "rain"));
        after(ofMinutes(10), new TaskResumed(WALL, ADA, 1, null));
        after(ofMinutes(2), new InputRequested(WALL, ADA, 1, null, "Which stones?"));
        after(ofMinutes(20), new InputProvided(WALL, ADA, 1, null, StringNode.valueOf("red")));
        after(ofMinutes(4), failed(WALL), stepFailed("wall", "rain"));
        assertTimes(ZERO, ofMinutes(1 + 2 + 4), ofMinutes(10 + 20));
        assertThat(work("wall").endedAt()).isNotNull();
    }

    @Test
    void a_task_that_was_given_back_waits_again_and_that_costs_no_attempt() {
        givenWallIsSubmitted();
        after(ofMinutes(1), assigned(WALL, ADA, 1, 1));
        after(ofMinutes(2), new TaskDeclined(WALL, ADA, 1, null));
        after(ofMinutes(3), assigned(WALL, BEN, 2, 1), begun(WALL, BEN, 2));
        after(ofMinutes(10), new TaskReleased(WALL, BEN, 2, null));
        after(ofMinutes(4), new TaskRejected(WALL, null, HOUSE, "wall", null), stepFailed("wall", "rejected"));
        assertTimes(ofMinutes(1 + 2 + 3 + 4), ofMinutes(10), ZERO);
        assertThat(work("wall").attempts()).isEqualTo(1);
        assertThat(work("wall").agents()).containsExactly(ADA, BEN);
    }

    @Test
    void a_task_whose_lease_ended_rests_before_the_next_attempt() {
        givenWallIsSubmitted();
        given(assigned(WALL, ADA, 1, 1), begun(WALL, ADA, 1));
        after(ofMinutes(7), new LeaseExpired(WALL, ADA, 1, NOW), attemptFailed(WALL, ADA, 1));
        given(new RetryScheduled(WALL, 2, NOW));
        after(ofMinutes(2), canceled(WALL));
        assertTimes(ZERO, ofMinutes(7), ofMinutes(2));
    }

    @Test
    void of_the_time_that_runs_it_shows_what_had_passed_at_the_last_sign_of_life() {
        givenWallIsSubmitted();
        given(assigned(WALL, ADA, 1, 1), begun(WALL, ADA, 1));
        after(ofMinutes(3), new LeaseExtended(WALL, ADA, 1, NOW));
        assertTimes(ZERO, ofMinutes(3), ZERO);
        assertThat(work("wall").endedAt()).isNull();
    }

    @Test
    void what_is_said_of_a_task_after_its_end_takes_no_time() {
        givenWallIsSubmitted();
        after(ofMinutes(1), completed(WALL), stepCompleted("wall"));
        after(ofMinutes(9), new TaskCommented(WALL, "A fine wall"));
        assertTimes(ofMinutes(1), ZERO, ZERO);
    }

    @Test
    void no_time_passes_backwards_where_events_are_some_milliseconds_out_of_order() {
        givenWallIsSubmitted();
        after(ofSeconds(2), assigned(WALL, ADA, 1, 1));
        after(ofSeconds(-1), begun(WALL, ADA, 1));
        after(ofSeconds(3), completed(WALL));
        assertTimes(ofSeconds(2), ofSeconds(2), ZERO);
    }

    @Test
    void a_task_that_could_not_be_submitted_ends_with_its_step() {
        given(planned(step("wall")), started(), stepStarted("wall"));
        after(ofSeconds(2), stepFailed("wall", "there is such a task already"));
        assertTimes(ofSeconds(2), ZERO, ZERO);
        assertThat(work("wall").endedAt()).isEqualTo(NOW.plusSeconds(2));
        assertThat(work("wall").attempts()).isZero();
    }

    private void assertTimes(Duration waiting, Duration working, Duration resting) {
        assertThat(List.of(
                        work("wall").waiting(),
                        work("wall").working(),
                        work("wall").resting()))
                .containsExactly(waiting, working, resting);
    }

    // ---- what it has used

    @Test
    void usage_counts_for_the_step_and_the_mission_also_in_attempts_that_failed() {
        given(planned(step("wall"), step("roof")), started(), stepStarted("wall"), stepStarted("roof"));
        given(new UsageCharged(HOUSE, "wall", false, 1, FEW, FEW, FEW));
        given(new UsageCharged(HOUSE, "wall", false, 2, MORE, MORE, FEW.plus(MORE)));
        given(new UsageCharged(HOUSE, "roof", false, 1, FEW, FEW, FEW.plus(MORE).plus(FEW)));
        assertThat(work("wall").usage()).isEqualTo(FEW.plus(MORE));
        assertThat(work("roof").usage()).isEqualTo(FEW);
        assertThat(house().spent()).isEqualTo(FEW.plus(MORE).plus(FEW));
    }

    @Test
    void usage_that_is_told_again_counts_once_and_late_usage_still_counts() {
        givenWallIsSubmitted();
        given(new UsageCharged(HOUSE, "wall", false, 1, FEW, FEW, FEW));
        given(new UsageCharged(HOUSE, "wall", false, 1, MORE, MORE.minus(FEW), MORE));
        given(completed(WALL), stepCompleted("wall"), new MissionCompleted(HOUSE));
        assertThat(work("wall").usage()).isEqualTo(MORE);
        given(new UsageCharged(HOUSE, "wall", false, 2, FEW, FEW, MORE.plus(FEW)));
        assertThat(work("wall").usage()).isEqualTo(MORE.plus(FEW));
        assertThat(house().spent()).isEqualTo(MORE.plus(FEW));
        assertThat(house().state()).isEqualTo(MissionState.COMPLETED);
    }

    @Test
    void undoing_a_step_costs_as_well_and_is_shown_apart() {
        given(planned(step("wall"), step("roof")), started());
        givenDone("wall");
        given(stopped(StopReason.DEADLINE), undoStarted("wall"));
        given(new UsageCharged(HOUSE, "wall", true, 1, FEW, FEW, FEW));
        assertThat(work("wall").usage()).isEqualTo(Usage.NONE);
        assertThat(seen("wall").undo().usage()).isEqualTo(FEW);
    }

    @Test
    void a_mission_that_used_more_than_its_budget_is_stopped_for_it() {
        givenWallIsSubmitted();
        given(new UsageCharged(HOUSE, "wall", false, 1, FEW, FEW, FEW));
        given(new BudgetExceeded(HOUSE, new Budget(1L, null), FEW), stopped(StopReason.BUDGET));
        assertThat(house().state()).isEqualTo(MissionState.STOPPING);
        assertThat(house().stopReason()).isEqualTo(StopReason.BUDGET);
    }
}
