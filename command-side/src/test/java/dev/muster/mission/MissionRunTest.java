package dev.muster.mission;

import static dev.muster.mission.MissionFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.message.Json;
import dev.muster.mission.MissionCommand.*;
import dev.muster.mission.MissionEvent.*;
import dev.muster.task.Retry;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/** Which steps begin when, and what they are handed. */
class MissionRunTest {

    private final MissionFixture mission = new MissionFixture();

    private static RecordStepCompleted done(String step, JsonNode result) {
        return new RecordStepCompleted(MISSION, step, result, 1, tokens(0));
    }

    @Test
    void a_mission_begins_with_all_steps_that_depend_on_nothing() {
        mission.given(planned(step("a"), step("b", "a"), step("c")))
                .when(new StartMission(MISSION))
                .emits(started(), began("a"), began("c"));
    }

    @Test
    void a_step_begins_when_all_that_it_depends_on_is_completed() {
        mission.given(planned(step("a"), step("b"), step("c", "a", "b")), started(), began("a"), began("b"))
                .when(done("a", null))
                .emits(completed("a"));
        mission.given(completed("a")).when(done("b", null)).emits(completed("b"), began("c"));
    }

    @Test
    void a_step_is_handed_the_results_of_what_it_depends_on() {
        mission.given(planned(step("a"), step("b"), step("c", "a", "b")), started(), began("a"), began("b"))
                .given(completed("a", StringNode.valueOf("one")))
                .when(done("b", StringNode.valueOf("two")))
                .emits(completed("b", StringNode.valueOf("two")), began("c", results("a", "one", "b", "two")));
    }

    @Test
    void or_those_that_it_says_under_the_names_that_it_says() {
        mission.given(planned(step("a"), step("b", "a"), taking("c", Map.of("basis", "a"), "b")), started())
                .given(began("a"), completed("a", StringNode.valueOf("one")), began("b"))
                .when(done("b", StringNode.valueOf("two")))
                .emits(completed("b", StringNode.valueOf("two")), began("c", results("basis", "one")));
    }

    @Test
    void what_a_step_is_to_be_is_handed_to_its_task() {
        var retry = new Retry(7, null);
        var own = object("depth", "2");
        var full = new Step("a", "Dig", "Dig deep", null, Set.of("spade"), own, null, retry, null);
        var input = JsonNodeFactory.instance.objectNode();
        input.set("input", own);
        mission.given(planned(full))
                .when(new StartMission(MISSION))
                .emits(
                        started(),
                        new StepStarted(
                                MISSION,
                                "a",
                                new Work(Work.taskOf(MISSION, "a"), "Dig", "Dig deep", Set.of("spade"), input, retry),
                                PLANNER));
        assertThat(Work.taskOf(MISSION, "a").value()).isEqualTo("m/a");
    }

    @Test
    void the_last_step_completes_the_mission() {
        mission.given(planned(step("a")), started(), began("a"))
                .when(done("a", null))
                .emits(completed("a"), new MissionCompleted(MISSION));
    }

    @Test
    void what_is_told_again_changes_nothing() {
        mission.given(planned(step("a"), step("b")), started(), began("a"), began("b"), completed("a"))
                .when(done("a", StringNode.valueOf("other")))
                .emitsNothing();
    }

    @Test
    void a_step_that_the_mission_does_not_have_is_refused() {
        assertThat(mission.given(planned(step("a")), started(), began("a"))
                        .when(done("x", null))
                        .refused("step-not-found")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_step_that_would_be_handed_more_than_a_task_can_take_fails() {
        var half = StringNode.valueOf("x".repeat(Json.MAX_LENGTH / 2));
        var events = mission.given(planned(step("a"), step("b"), step("c", "a", "b")), started())
                .given(began("a"), began("b"), completed("a", half))
                .when(done("b", half))
                .events();
        assertThat(events).containsExactly("StepCompleted", "StepFailed", "MissionStopped", "MissionFailed");
    }
}
