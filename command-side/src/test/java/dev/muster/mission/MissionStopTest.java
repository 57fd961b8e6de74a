package dev.muster.mission;

import static dev.muster.mission.MissionFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.mission.MissionCommand.*;
import dev.muster.mission.MissionEvent.*;
import dev.muster.task.Usage;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

/** When a mission is stopped, what is undone then, and how it ends. */
class MissionStopTest {

    private static final Budget BUDGET = new Budget(100L, null);

    private final MissionFixture mission = new MissionFixture();

    private static RecordStepFailed failing(String step) {
        return new RecordStepFailed(MISSION, step, "it broke", 1, tokens(0));
    }

    // ---- why

    @Test
    void a_step_that_fails_stops_the_mission_and_what_runs_is_waited_for() {
        mission.given(planned(step("a"), step("b")), started(), began("a"), began("b"))
                .when(failing("a"))
                .emits(failed("a"), stopped(StopReason.STEP_FAILED, "a: it broke"));
        mission.given(failed("a"), stopped(StopReason.STEP_FAILED, "a: it broke"))
                .when(failing("b"))
                .emits(failed("b"), new MissionFailed(MISSION, StopReason.STEP_FAILED, "a: it broke", Set.of()));
    }

    @Test
    void a_mission_that_is_stopped_begins_nothing_new() {
        mission.given(planned(step("a"), step("b", "a")), started(), began("a"), stopped(StopReason.CANCELED))
                .when(new RecordStepCompleted(MISSION, "a", null, 1, tokens(0)))
                .emits(completed("a"), new MissionCanceled(MISSION, "it was enough", Set.of()));
    }

    @Test
    void a_mission_that_has_not_begun_is_canceled_at_once() {
        mission.given(planned(step("a")))
                .when(new CancelMission(MISSION, "no need"), PLANNER)
                .emits(new MissionCanceled(MISSION, "no need", Set.of()));
    }

    @Test
    void without_a_reason_it_is_told_who_canceled() {
        mission.given(planned(step("a")), started(), began("a"))
                .when(new CancelMission(MISSION, null), "operator:lee")
                .emits(stopped(StopReason.CANCELED, "canceled by operator:lee"));
    }

    @Test
    void another_agent_than_its_planner_can_not_cancel_a_mission() {
        assertThat(mission.given(planned(step("a")), started(), began("a"))
                        .when(new CancelMission(MISSION, "mine now"), "eve")
                        .refused("mission-not-planner")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_mission_is_stopped_at_its_deadline_and_not_before() {
        var deadline = NOW.plusSeconds(60);
        mission.given(planned(null, deadline, step("a")), new MissionStarted(MISSION, deadline), began("a"));
        mission.when(new ExpireMission(MISSION)).refused("mission-deadline-not-over");
        mission.clock.set(deadline);
        mission.when(new ExpireMission(MISSION)).emits(stopped(StopReason.DEADLINE, "its deadline was " + deadline));
    }

    @Test
    void a_mission_without_a_deadline_does_not_expire() {
        mission.given(planned(step("a")), started(), began("a"))
                .when(new ExpireMission(MISSION))
                .refused("mission-deadline-not-over");
    }

    // ---- what it uses

    @Test
    void usage_is_charged_once_however_often_it_is_told() {
        mission.given(planned(step("a")), started(), began("a"))
                .when(new RecordUsage(MISSION, "a", false, 1, tokens(5)))
                .emits(charged("a", 1, tokens(5), tokens(5), tokens(5)));
        mission.given(charged("a", 1, tokens(5), tokens(5), tokens(5)))
                .when(new RecordUsage(MISSION, "a", false, 1, tokens(5)))
                .emitsNothing();
        mission.when(new RecordUsage(MISSION, "a", false, 1, tokens(3))).emitsNothing();
        mission.when(new RecordUsage(MISSION, "a", false, 1, tokens(8)))
                .emits(charged("a", 1, tokens(8), tokens(3), tokens(8)));
    }

    @Test
    void another_attempt_is_charged_on_top_and_what_comes_late_of_the_one_before_is_not() {
        mission.given(planned(step("a")), started(), began("a"), charged("a", 1, tokens(5), tokens(5), tokens(5)))
                .when(new RecordUsage(MISSION, "a", false, 2, tokens(4)))
                .emits(charged("a", 2, tokens(4), tokens(4), tokens(9)));
        mission.given(charged("a", 2, tokens(4), tokens(4), tokens(9)))
                .when(new RecordUsage(MISSION, "a", false, 1, tokens(50)))
                .emitsNothing();
    }

    @Test
    void what_undoes_a_step_is_charged_for_itself() {
        mission.given(MissionFixture.in(MissionState.COMPENSATING))
                .given(charged("a", 1, tokens(5), tokens(5), tokens(5)))
                .when(new RecordUsage(MISSION, "a", true, 1, tokens(2)))
                .emits(new UsageCharged(MISSION, "a", true, 1, tokens(2), tokens(2), tokens(7)));
    }

    @Test
    void a_mission_over_its_budget_is_stopped_by_the_report_that_says_so() {
        mission.given(planned(BUDGET, null, step("a"), step("b", "a")), started(), began("a"));
        mission.when(new RecordUsage(MISSION, "a", false, 1, tokens(100)))
                .emits(charged("a", 1, tokens(100), tokens(100), tokens(100)));
        mission.when(new RecordUsage(MISSION, "a", false, 1, tokens(101)))
                .emits(
                        charged("a", 1, tokens(101), tokens(101), tokens(101)),
                        new BudgetExceeded(MISSION, BUDGET, tokens(101)),
                        stopped(StopReason.BUDGET, "it has used " + tokens(101) + ", but may use " + BUDGET));
    }

    @Test
    void a_step_that_was_completed_over_the_budget_is_followed_by_none() {
        var events = mission.given(planned(BUDGET, null, undoable("a"), step("b", "a")), started(), began("a"))
                .when(new RecordStepCompleted(MISSION, "a", null, 1, tokens(101)))
                .events();
        assertThat(events)
                .containsExactly(
                        "UsageCharged", "StepCompleted", "BudgetExceeded", "MissionStopped", "CompensationStarted");
    }

    @Test
    void a_mission_whose_last_step_is_completed_is_completed_whatever_it_has_used() {
        var events = mission.given(planned(BUDGET, null, step("a")), started(), began("a"))
                .when(new RecordStepCompleted(MISSION, "a", null, 1, tokens(101)))
                .events();
        assertThat(events).containsExactly("UsageCharged", "StepCompleted", "MissionCompleted");
    }

    @Test
    void cost_is_bounded_as_tokens_are() {
        var spent = new Usage(0, 0, 11);
        assertThat(new Budget(null, 10L).isExceededBy(spent)).isTrue();
        assertThat(new Budget(null, 11L).isExceededBy(spent)).isFalse();
        assertThat(new Budget(10L, null).isExceededBy(new Usage(6, 5, 0))).isTrue();
        assertThat(new Budget(11L, null).isExceededBy(new Usage(6, 5, 0))).isFalse();
        assertThat(new Budget(null, null).isExceededBy(new Usage(6, 5, 4))).isFalse();
    }

    // ---- what is undone

    @Test
    void what_was_completed_is_undone_in_reverse_order_of_its_completion() {
        mission.given(planned(undoable("a"), undoable("b"), step("c"), step("d", "a", "b", "c")), started())
                .given(began("a"), began("b"), began("c"))
                .given(completed("b", StringNode.valueOf("x")), completed("a"), completed("c"), began("d"))
                .when(failing("d"))
                .emits(failed("d"), stopped(StopReason.STEP_FAILED, "d: it broke"), undoing("a"));
        mission.given(failed("d"), stopped(StopReason.STEP_FAILED, "d: it broke"), undoing("a"))
                .when(new RecordCompensated(MISSION, "a", 1, tokens(0)))
                .emits(undone("a"), undoing("b", results("b", "x")));
        mission.given(undone("a"), undoing("b", results("b", "x")))
                .when(new RecordCompensated(MISSION, "b", 1, tokens(0)))
                .emits(undone("b"), new MissionFailed(MISSION, StopReason.STEP_FAILED, "d: it broke", Set.of()));
    }

    @Test
    void what_can_not_be_undone_is_told_and_hides_nothing() {
        var broken = new CompensationFailed(MISSION, "b", Work.undoOf(MISSION, "b"), "stuck");
        mission.given(planned(undoable("a"), undoable("b", "a"), step("c", "b")), started(), began("a"))
                .given(completed("a"), began("b"), completed("b"), began("c"), stopped(StopReason.CANCELED))
                .given(failed("c"), undoing("b"))
                .when(new RecordCompensationFailed(MISSION, "b", "stuck", 1, tokens(0)))
                .emits(broken, undoing("a"));
        mission.given(broken, undoing("a"))
                .when(new RecordCompensated(MISSION, "a", 1, tokens(0)))
                .emits(undone("a"), new MissionCanceled(MISSION, "it was enough", Set.of("b")));
    }

    @Test
    void what_is_told_again_undoes_nothing_twice() {
        mission.given(planned(undoable("a"), undoable("b", "a"), step("c", "b")), started(), began("a"))
                .given(completed("a"), began("b"), completed("b"), began("c"), failed("c"))
                .given(stopped(StopReason.STEP_FAILED), undoing("b"), undone("b"), undoing("a"))
                .when(new RecordCompensated(MISSION, "b", 1, tokens(0)))
                .emitsNothing();
        mission.when(new RecordCompensationFailed(MISSION, "b", "late", 1, tokens(0)))
                .emitsNothing();
    }
}
