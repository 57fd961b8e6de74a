package dev.muster.importer.xes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the plan of a case is made of what happened in it. */
class XesPlanTest {

    private static XesEvent event(String activity, String lifecycle) {
        return event(activity, lifecycle, null, "ada");
    }

    private static XesEvent event(String activity, String lifecycle, String instance, String resource) {
        return new XesEvent("log.xes:1", Instant.EPOCH, activity, instance, lifecycle, resource);
    }

    private static List<String> plan(XesEvent... events) {
        var planner = new CasePlanner(List.of(events));
        return planner.steps().stream()
                .map(step -> step.stepId() + " after "
                        + step.dependsOn().stream()
                                .map(before -> planner.steps().get(before).stepId())
                                .toList())
                .toList();
    }

    @Test
    void each_occurrence_of_an_activity_is_a_step() {
        assertThat(plan(event("A", "complete"), event("A", "complete"))).containsExactly("A after []", "A#2 after [A]");
    }

    @Test
    void a_step_depends_on_those_that_had_ended_when_it_began() {
        assertThat(plan(
                        event("A", "start"),
                        event("B", "complete"),
                        event("C", "start"),
                        event("A", "complete"),
                        event("D", "complete")))
                .containsExactly("A after []", "B after []", "C after [B]", "D after [B, A]");
    }

    @Test
    void it_does_not_name_those_that_the_others_depend_on() {
        assertThat(plan(event("A", "complete"), event("B", "complete"), event("C", "complete")))
                .containsExactly("A after []", "B after [A]", "C after [B]");
    }

    @Test
    void a_start_begins_with_what_was_scheduled_and_else_another_occurrence() {
        var planner = new CasePlanner(List.of(
                event("A", "schedule"),
                event("A", "start"),
                event("A", "schedule"),
                event("A", "complete"),
                event("A", "start"),
                event("A", "start")));
        assertThat(planner.placed()).extracting(CasePlanner.Placed::step).containsExactly(0, 0, 1, 0, 1, 2);
    }

    @Test
    void of_several_occurrences_it_is_the_one_of_the_same_resource() {
        var planner = new CasePlanner(List.of(
                event("A", "start", null, "ada"),
                event("A", "start", null, "ben"),
                event("A", "complete", null, "ben")));
        assertThat(planner.placed()).extracting(CasePlanner.Placed::step).containsExactly(0, 1, 1);
    }

    @Test
    void an_instance_tells_occurrences_apart() {
        var planner = new CasePlanner(List.of(
                event("A", "start", "1", "ada"), event("A", "start", "2", "ada"), event("A", "complete", "2", "ada")));
        assertThat(planner.placed()).extracting(CasePlanner.Placed::step).containsExactly(0, 1, 1);
    }

    @Test
    void of_more_than_200_predecessors_the_last_are_kept() {
        var events = new ArrayList<XesEvent>();
        for (var i = 0; i < 250; i++) {
            events.add(event("A", "start", "" + i, "ada"));
        }
        for (var i = 0; i < 250; i++) {
            events.add(event("A", "complete", "" + i, "ada"));
        }
        events.add(event("B", "complete"));
        var steps = new CasePlanner(events).steps();
        assertThat(steps.get(250).dependsOn()).hasSize(200).contains(249).doesNotContain(49);
    }

    @Test
    void identifiers_are_readable_fit_and_are_told_apart() {
        var ids = new StepIds();
        assertThat(ids.next("Check ticket / pay")).isEqualTo("Check-ticket---pay");
        assertThat(ids.next("Check ticket / pay")).isEqualTo("Check-ticket---pay#2");
        assertThat(ids.next("Check-ticket / pay"))
                .startsWith("Check-ticket---pay~")
                .hasSizeLessThanOrEqualTo(48);
        assertThat(ids.next("undo")).isEqualTo("undo-step");
        assertThat(ids.next("x".repeat(300))).startsWith("xxx").hasSizeLessThanOrEqualTo(48);
    }

    @Test
    void two_cases_of_one_name_get_two_identifiers() {
        var ids = new CaseIds();
        var all = new HashSet<String>();
        for (var i = 1; i <= 10_000; i++) {
            all.add(ids.next("case " + i % 5_000, i));
        }
        assertThat(all).hasSize(10_000).contains("case-1", "case-1~5001");
        assertThat(ids.next("y".repeat(200), 10_001)).hasSize(64);
        assertThat(ids.next("y".repeat(200), 10_002)).hasSize(64).endsWith("~10002");
    }
}
