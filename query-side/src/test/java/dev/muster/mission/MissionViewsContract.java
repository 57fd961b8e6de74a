package dev.muster.mission;

import static dev.muster.mission.MissionEvents.*;
import static dev.muster.mission.MissionStory.NOW;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.message.Refusal;
import dev.muster.mission.MissionEvent.*;
import dev.muster.mission.MissionQuery.FindMissions;
import dev.muster.mission.MissionQuery.GetMission;
import dev.muster.task.TaskId;
import dev.muster.task.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

/** Given what happened to missions and tasks, what readers see of missions; wherever the views are. */
abstract class MissionViewsContract extends MissionViewsFixture {

    // ---- the course of a mission

    @Test
    void a_planned_mission_shows_its_plan_and_that_nothing_has_begun() {
        var budget = new Budget(1_000L, null);
        var deadline = NOW.plus(ofHours(8));
        given(new MissionPlanned(
                HOUSE, "A house", List.of(step("wall"), step("roof", "wall")), budget, deadline, "kim"));
        assertThat(house())
                .isEqualTo(new MissionView(
                        HOUSE,
                        "A house",
                        MissionState.PLANNED,
                        "kim",
                        List.of(
                                new StepView(
                                        "wall", "Title of wall", StepState.WAITING, Set.of(), null, null, null, null),
                                new StepView(
                                        "roof",
                                        "Title of roof",
                                        StepState.WAITING,
                                        Set.of("wall"),
                                        null,
                                        null,
                                        null,
                                        null)),
                        budget,
                        Usage.NONE,
                        deadline,
                        null,
                        null,
                        Set.of(),
                        List.of(),
                        NOW,
                        null,
                        null,
                        NOW,
                        0));
    }

    @Test
    void a_mission_runs_from_step_to_step_until_it_is_completed() {
        given(planned(step("wall"), step("roof", "wall")));
        after(ofMinutes(1), started(), stepStarted("wall"));
        assertThat(house().state()).isEqualTo(MissionState.RUNNING);
        assertThat(house().startedAt()).isEqualTo(NOW.plus(ofMinutes(1)));
        assertThat(seen("wall").state()).isEqualTo(StepState.RUNNING);
        assertThat(work("wall").taskId()).isEqualTo(WALL);
        assertThat(work("wall").startedAt()).isEqualTo(NOW.plus(ofMinutes(1)));
        assertThat(seen("roof").work()).as("not begun").isNull();

        after(ofMinutes(1), stepCompleted("wall"), stepStarted("roof"));
        assertThat(seen("wall").state()).isEqualTo(StepState.COMPLETED);
        assertThat(seen("wall").result()).isEqualTo(StringNode.valueOf("the wall"));
        assertThat(house().endedAt()).isNull();

        after(ofMinutes(1), stepCompleted("roof"), new MissionCompleted(HOUSE));
        assertThat(house().state()).isEqualTo(MissionState.COMPLETED);
        assertThat(house().endedAt()).isEqualTo(NOW.plus(ofMinutes(3)));
        assertThat(house().changedAt()).isEqualTo(NOW.plus(ofMinutes(3)));
        assertThat(house().version()).isEqualTo(6);
    }

    @Test
    void a_mission_whose_step_failed_stops_and_says_why() {
        given(planned(step("wall"), step("roof", "wall")), started(), stepStarted("wall"));
        given(stepFailed("wall", "rain"), stopped(StopReason.STEP_FAILED));
        assertThat(house().state()).isEqualTo(MissionState.STOPPING);
        assertThat(house().stopReason()).isEqualTo(StopReason.STEP_FAILED);
        assertThat(house().detail()).isEqualTo("because of step-failed");
        assertThat(seen("wall").state()).isEqualTo(StepState.FAILED);
        assertThat(seen("wall").error()).isEqualTo("rain");
        assertThat(seen("roof").state()).isEqualTo(StepState.WAITING);
        given(new MissionFailed(HOUSE, StopReason.STEP_FAILED, "step wall failed", Set.of()));
        assertThat(house().state()).isEqualTo(MissionState.FAILED);
        assertThat(house().detail()).isEqualTo("step wall failed");
        assertThat(house().endedAt()).isNotNull();
    }

    @Test
    void a_step_that_failed_before_it_could_start_is_shown_with_its_error() {
        given(planned(step("paint")), started());
        given(stepFailed("paint", "it is handed too much"), stopped(StopReason.STEP_FAILED));
        assertThat(seen("paint").state()).isEqualTo(StepState.FAILED);
        assertThat(seen("paint").error()).isEqualTo("it is handed too much");
    }

    @Test
    void what_was_completed_is_undone_and_what_could_not_be_is_named() {
        given(planned(step("wall"), step("roof", "wall"), step("paint", "roof")), started());
        givenDone("wall", "roof");
        given(stepStarted("paint"), stepFailed("paint", "rain"), stopped(StopReason.STEP_FAILED), undoStarted("roof"));
        assertThat(house().state()).isEqualTo(MissionState.COMPENSATING);
        assertThat(seen("roof").state()).isEqualTo(StepState.COMPENSATING);

        var undo = Work.undoOf(HOUSE, "roof");
        given(submitted(undo), assigned(undo, BEN, 1, 1), begun(undo, BEN, 1));
        after(ofMinutes(5), completed(undo), undone("roof"), undoStarted("wall"), undoFailed("wall", "stuck"));
        given(new MissionFailed(HOUSE, StopReason.STEP_FAILED, "step paint failed", Set.of("wall")));
        assertThat(seen("roof").state()).isEqualTo(StepState.COMPENSATED);
        assertThat(seen("roof").undo().working()).isEqualTo(ofMinutes(5));
        assertThat(seen("roof").undo().agents()).containsExactly(BEN);
        assertThat(seen("roof").work().agents()).isEmpty();
        assertThat(seen("roof").result()).as("of the step itself").isNotNull();
        assertThat(seen("wall").state()).isEqualTo(StepState.COMPENSATION_FAILED);
        assertThat(seen("wall").error()).isEqualTo("stuck");
        assertThat(seen("paint").undo()).isNull();
        assertThat(house().notUndone()).containsExactly("wall");
    }

    @Test
    void a_mission_that_is_canceled_says_so_whether_it_had_begun_or_not() {
        var shed = MissionId.of("shed");
        given(planned(shed, step("wall")), new MissionCanceled(shed, "no money", Set.of()));
        var unbegun = queries.handle(new GetMission(shed));
        assertThat(unbegun.state()).isEqualTo(MissionState.CANCELED);
        assertThat(unbegun.stopReason()).isEqualTo(StopReason.CANCELED);
        assertThat(unbegun.detail()).isEqualTo("no money");
        assertThat(unbegun.startedAt()).isNull();
        assertThat(unbegun.endedAt()).isEqualTo(NOW);

        given(planned(step("wall")), started(), stepStarted("wall"), stopped(StopReason.CANCELED));
        given(canceled(WALL), stepFailed("wall", "canceled"));
        given(new MissionCanceled(HOUSE, "no land", Set.of("wall")));
        assertThat(house().state()).isEqualTo(MissionState.CANCELED);
        assertThat(house().detail()).isEqualTo("no land");
        assertThat(house().notUndone()).containsExactly("wall");
    }

    @Test
    void a_revision_changes_steps_in_their_place_adds_others_at_the_end_and_drops_some() {
        given(planned(step("wall"), step("roof", "wall"), step("paint", "roof")), started(), stepStarted("wall"));
        given(new PlanRevised(
                HOUSE, List.of(step("door", "wall"), step("roof", "wall", "door")), Set.of("paint"), "no paint"));
        assertThat(house().steps()).extracting(StepView::stepId).containsExactly("wall", "roof", "door");
        assertThat(seen("roof").dependsOn()).containsExactlyInAnyOrder("wall", "door");
        assertThat(seen("door").state()).isEqualTo(StepState.WAITING);
        assertThat(seen("wall").state()).isEqualTo(StepState.RUNNING);
        assertThat(house().state()).isEqualTo(MissionState.RUNNING);
    }

    // ---- what decided when it ended

    @Test
    void the_critical_path_of_a_diamond_goes_through_the_slower_side() {
        given(
                planned(step("wall"), step("door", "wall"), step("roof", "wall"), step("paint", "door", "roof")),
                started());
        givenDone("wall");
        given(stepStarted("door"), submitted(task("door")), stepStarted("roof"), submitted(task("roof")));
        after(ofMinutes(1), completed(task("roof")), stepCompleted("roof"));
        after(ofMinutes(1), completed(task("door")), stepCompleted("door"));
        assertThat(house().criticalPath()).containsExactly("wall", "door");
        givenDone("paint");
        assertThat(house().criticalPath()).containsExactly("wall", "door", "paint");
    }

    @Test
    void while_it_runs_the_critical_path_leads_to_what_has_not_ended_and_to_the_first_of_those_in_the_plan() {
        given(planned(step("wall"), step("yard"), step("roof", "wall"), step("fence", "yard")), started());
        assertThat(house().criticalPath()).as("nothing has started").isEmpty();
        givenDone("wall", "yard");
        assertThat(house().criticalPath()).containsExactly("yard");
        given(stepStarted("fence"));
        assertThat(house().criticalPath()).containsExactly("yard", "fence");
        given(stepStarted("roof"));
        assertThat(house().criticalPath()).containsExactly("wall", "roof");
    }

    // ---- what is not of the mission

    @Test
    void tasks_of_no_mission_are_left_alone() {
        givenWallIsSubmitted();
        var before = house();
        for (var other : List.of(TaskId.of("wall"), TaskId.of("other/wall"), TaskId.of("house/wall/undo"))) {
            after(ofMinutes(1), submitted(other), assigned(other, BEN, 1, 1), begun(other, BEN, 1), completed(other));
        }
        assertThat(house()).isEqualTo(before);
    }

    @Test
    void a_task_that_had_the_identifier_before_the_step_began_is_none_of_the_missions() {
        given(submitted(WALL, null), planned(step("wall")), started(), stepStarted("wall"));
        after(ofMinutes(1), assigned(WALL, BEN, 1, 1), begun(WALL, BEN, 1), completed(WALL));
        assertThat(work("wall").agents()).isEmpty();
        assertThat(work("wall").endedAt()).isNull();
    }

    @Test
    void what_happened_to_a_task_leaves_the_version_of_the_mission() {
        givenWallIsSubmitted();
        after(ofMinutes(1), assigned(WALL, ADA, 1, 1), begun(WALL, ADA, 1));
        assertThat(house().version()).isEqualTo(2);
        assertThat(house().changedAt()).isEqualTo(NOW);
    }

    @Test
    void an_event_of_a_mission_that_is_not_in_the_view_is_not_passed_over() {
        assertThat(story.failing(started()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("house");
    }

    // ---- many missions

    private List<String> found(@Nullable MissionState state) {
        return queries.handle(new FindMissions(state, null, null)).items().stream()
                .map(mission -> mission.missionId().value())
                .toList();
    }

    @Test
    void missions_are_found_by_their_state_in_the_order_in_which_they_were_planned() {
        given(planned(MissionId.of("shed"), step("wall")));
        after(ofMinutes(1), planned(step("wall"), step("roof"), step("paint")), started());
        after(ofMinutes(1), planned(MissionId.of("barn"), step("wall")));
        assertThat(found(null)).containsExactly("shed", "house", "barn");
        assertThat(found(MissionState.PLANNED)).containsExactly("shed", "barn");

        givenDone("wall", "roof");
        given(stopped(StopReason.DEADLINE), undoStarted("roof"));
        var summary = queries.handle(new FindMissions(MissionState.COMPENSATING, null, null));
        assertThat(summary.items()).singleElement().satisfies(house -> {
            assertThat(house.title()).isEqualTo("Title of house");
            assertThat(house.steps()).isEqualTo(3);
            assertThat(house.completed()).as("also those undone since").isEqualTo(2);
            assertThat(house.stopReason()).isEqualTo(StopReason.DEADLINE);
            assertThat(house.version()).isEqualTo(house().version());
        });
    }

    @Test
    void pages_visit_every_mission_once() {
        for (int i = 0; i < 9; i++) {
            given(planned(MissionId.of("m" + i), step("wall")));
        }
        var seen = new ArrayList<String>();
        for (String cursor = null; ; ) {
            var page = queries.handle(new FindMissions(null, 4, cursor));
            page.items().forEach(mission -> seen.add(mission.missionId().value()));
            cursor = page.next();
            if (cursor == null) {
                break;
            }
        }
        assertThat(seen).isEqualTo(found(null)).hasSize(9).doesNotHaveDuplicates();
    }

    @Test
    void what_is_not_there_is_refused_by_name() {
        assertThatThrownBy(this::house).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.problem().code()).isEqualTo("mission-not-found");
            assertThat(refusal.problem().status()).isEqualTo(404);
        });
    }
}
