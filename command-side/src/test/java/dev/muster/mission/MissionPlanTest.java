package dev.muster.mission;

import static dev.muster.mission.MissionFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.mission.MissionCommand.*;
import dev.muster.mission.MissionEvent.*;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

/** What a plan must be like, and how it may change. */
class MissionPlanTest {

    private final MissionFixture mission = new MissionFixture();

    private static PlanMission plan(Step... steps) {
        return new PlanMission(MISSION, "A mission", List.of(steps), null, null);
    }

    @Test
    void a_plan_is_kept_with_who_planned_it() {
        mission.when(plan(step("a"), step("b", "a")), PLANNER).emits(planned(step("a"), step("b", "a")));
    }

    @Test
    void a_plan_without_a_step_is_refused() {
        assertThat(mission.when(plan()).refused("plan-invalid").extras())
                .containsEntry("faults", List.of("it has no step"));
    }

    @Test
    void every_fault_of_a_plan_is_told_at_once() {
        var problem = mission.when(plan(
                        step("a", "b"),
                        step("b", "a"),
                        step("c", "nowhere"),
                        step("c"),
                        step("self", "self"),
                        step("free"),
                        taking("taker", Map.of("x", "free", "y", "gone"), "a")))
                .refused("plan-invalid");
        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.extras())
                .containsEntry(
                        "faults",
                        List.of(
                                "two steps are named c",
                                "c depends on nowhere, which is no step",
                                "taker takes x from free, on which it does not depend",
                                "taker takes y from gone, on which it does not depend",
                                "these steps wait for each other: a -> b -> a",
                                "these steps wait for each other: self -> self"));
    }

    @Test
    void a_step_may_take_what_it_depends_on_through_others() {
        mission.when(plan(step("a"), step("b", "a"), taking("c", Map.of("first", "a"), "b")), PLANNER)
                .emits(planned(step("a"), step("b", "a"), taking("c", Map.of("first", "a"), "b")));
    }

    @Test
    void steps_can_be_added_changed_and_dropped_before_they_start() {
        mission.given(planned(step("a"), step("b", "a"), step("c", "a")), started(), began("a"))
                .when(new RevisePlan(MISSION, List.of(step("d"), step("b")), Set.of("c"), "better so"))
                .emits(
                        new PlanRevised(MISSION, List.of(step("d"), step("b")), Set.of("c"), "better so"),
                        began("b"),
                        began("d"));
    }

    @Test
    void a_revision_that_names_nothing_changes_nothing() {
        mission.given(planned(step("a")))
                .when(new RevisePlan(MISSION, null, null, null))
                .emitsNothing();
    }

    @Test
    void every_fault_of_a_revision_is_told_at_once() {
        var problem = mission.given(planned(step("a"), step("b", "a")), started(), began("a"))
                .when(new RevisePlan(MISSION, List.of(step("a"), step("x"), step("x")), Set.of("gone", "a", "b"), null))
                .refused("plan-invalid");
        assertThat(problem.extras())
                .containsEntry(
                        "faults",
                        List.of(
                                "a is to be dropped, but has started",
                                "gone is to be dropped, but is no step",
                                "a is to be changed, but has started",
                                "two steps are named x"));
    }

    @Test
    void a_step_that_others_depend_on_can_not_be_dropped() {
        assertThat(mission.given(planned(step("a"), step("b", "a")))
                        .when(new RevisePlan(MISSION, null, Set.of("a"), null))
                        .refused("plan-invalid")
                        .extras())
                .containsEntry("faults", List.of("b depends on a, which is no step"));
    }

    @Test
    void dropping_what_is_left_completes_a_mission() {
        mission.given(planned(step("a"), step("b", "a"), step("c", "b")), started(), began("a"), completed("a"))
                .given(began("b"), completed("b"), began("c"));
        mission.when(new RevisePlan(MISSION, null, Set.of("c"), null)).refused("plan-invalid");
        var other = new MissionFixture();
        other.given(planned(step("a"), step("b", "c"), step("c", "a")), started(), began("a"))
                .when(new RevisePlan(MISSION, null, Set.of("b"), null))
                .emits(new PlanRevised(MISSION, List.of(), Set.of("b"), null));
    }

    @Test
    void a_dropped_step_that_was_the_last_leaves_a_mission_completed() {
        mission.given(planned(step("a"), step("b", "a")), started(), began("a"))
                .given(new PlanRevised(MISSION, List.of(), Set.of("b"), null))
                .when(new RecordStepCompleted(MISSION, "a", StringNode.valueOf("x"), 1, tokens(0)))
                .emits(completed("a", StringNode.valueOf("x")), new MissionCompleted(MISSION));
    }
}
