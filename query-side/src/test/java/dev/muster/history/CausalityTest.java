package dev.muster.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.history.HistoryQuery.FindCauses;
import dev.muster.history.HistoryQuery.FindEffects;
import dev.muster.message.InvalidField;
import dev.muster.message.Refusal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What led to what, as the metadata of events tell it. */
class CausalityTest {

    private InMemoryLog log = new InMemoryLog();

    private HistoryQueries queries() {
        return new HistoryQueries(log.reader());
    }

    private List<LinkedEvent> causes(String event) {
        return queries().handle(new FindCauses(event, 500, null)).items();
    }

    private List<LinkedEvent> effects(String event) {
        return queries().handle(new FindEffects(event, 500, null)).items();
    }

    private static List<String> told(List<LinkedEvent> events) {
        return events.stream()
                .map(each -> each.event().id() + (each.link() == null ? "" : " " + each.link() + " " + each.from()))
                .toList();
    }

    /** A step of a mission becomes a task, which an agent that has a limit claims and completes. */
    private void givenAMission() {
        log.event("registered", "agent/ada", "c0", "request:0")
                .event("planned", "mission/m", "c1", "request:1")
                .event("started", "mission/m", "c2", "request:2")
                .event("step", "mission/m", "c2", "request:2")
                .event("submitted", "task/m/a", "c3", "step")
                .event("assigned", "task/m/a", "c4", "request:4")
                .event("slot", "agent/ada", "c4", "request:4")
                .event("completed", "task/m/a", "c5", "request:5")
                .event("freed", "agent/ada", "c5", "request:5")
                .event("done", "mission/m", "c6", "completed");
    }

    @Test
    void causes_go_by_what_an_event_names_and_else_by_what_its_entity_went_through() {
        givenAMission();
        assertThat(told(causes("done")))
                .containsExactly(
                        "done CAUSE completed",
                        "completed BEFORE assigned",
                        "assigned BEFORE submitted",
                        "submitted CAUSE step",
                        "step BEFORE started",
                        "started BEFORE planned",
                        "planned");
    }

    @Test
    void what_happens_to_another_entity_happens_with_the_first_event_of_its_command() {
        givenAMission();
        assertThat(told(causes("freed"))).startsWith("freed WITH completed", "completed BEFORE assigned");
        assertThat(told(causes("registered"))).containsExactly("registered");
    }

    @Test
    void effects_are_all_that_the_causes_of_which_lead_here_in_the_order_of_the_log() {
        givenAMission();
        assertThat(told(effects("step")))
                .containsExactly(
                        "submitted CAUSE step",
                        "assigned BEFORE submitted",
                        "slot WITH assigned",
                        "completed BEFORE assigned",
                        "freed WITH completed",
                        "done CAUSE completed");
        assertThat(effects("slot")).isEmpty();
    }

    @Test
    void as_of_a_position_nothing_has_come_of_it_yet_and_what_came_later_is_not_there() {
        givenAMission();
        var then = new HistoryQueries(log.reader().upTo(() -> 5));
        assertThat(told(then.handle(new FindEffects("step", 500, null)).items()))
                .containsExactly("submitted CAUSE step", "assigned BEFORE submitted");
        assertThat(told(then.handle(new FindCauses("assigned", 500, null)).items()))
                .isEqualTo(told(causes("assigned")));
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> then.handle(new FindCauses("completed", 500, null)));
    }

    @Test
    void an_event_tells_its_command_and_who_sent_it() {
        givenAMission();
        var last = causes("done").get(0).event();
        assertThat(last.commandId()).isEqualTo("c6");
        assertThat(last.actor()).isEqualTo("ada");
    }

    @Test
    void an_event_may_be_named_by_its_entity_and_version() {
        givenAMission();
        assertThat(causes("task/m/a@2").get(0).event().id()).isEqualTo("completed");
    }

    @Test
    void a_part_of_a_stored_event_is_an_event_of_its_own() {
        log.event("a", "task/x", "c1", "request:1")
                .part("a~2")
                .event("b", "task/x", "c2", "request:2")
                .event("c", "task/y", "c3", "a~2");
        assertThat(told(causes("c"))).containsExactly("c CAUSE a~2", "a~2");
        assertThat(told(causes("b"))).containsExactly("b BEFORE a~2", "a~2");
        assertThat(told(effects("a~2"))).containsExactly("b BEFORE a~2", "c CAUSE a~2");
        assertThat(effects("a")).isEmpty();
    }

    @Test
    void a_cause_that_is_no_event_of_the_log_is_passed_over() {
        log.event("a", "task/x", "c1", "request:1").event("b", "task/x", "c2", "lost");
        assertThat(told(causes("b"))).containsExactly("b BEFORE a", "a");
    }

    @Test
    void an_event_that_there_is_not_is_not_found() {
        givenAMission();
        for (var event : List.of("nothing", "task/m/a@3", "task/m/a")) {
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> causes(event))
                    .satisfies(refusal -> assertThat(refusal.problem().code()).isEqualTo("event-not-found"));
        }
    }

    @Test
    void a_cursor_of_something_else_is_refused() {
        givenAMission();
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> queries().handle(new FindCauses("done", 1, "nothing")));
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> queries().handle(new FindEffects("step", 1, "completed")));
    }

    @Test
    void no_more_effects_than_that_are_looked_through() {
        log.event("root", "task/root", "c", "request:0");
        for (int i = 0; i < 4; i++) {
            log.event("e" + i, "task/t" + i, "c" + i, "root");
        }
        var root = log.reader().row("root").orElseThrow();
        var some = new Causality(log.reader(), 3).effects(root, 10, null);
        assertThat(told(some.items())).containsExactly("e0 CAUSE root", "e1 CAUSE root", "e2 CAUSE root");
        assertThat(some.next()).isNull();
        assertThat(some.truncated()).isTrue();
        assertThat(new Causality(log.reader(), 4).effects(root, 10, null).truncated())
                .isFalse();
    }

    /** Each number makes an event: of which entity, by which command, and caused by which event, if any. */
    @Property(tries = 60)
    void effects_are_the_other_way_round_of_causes_however_they_are_paged(
            @ForAll @Size(min = 1, max = 15) List<@IntRange(max = 9_999) Integer> numbers,
            @ForAll @IntRange(min = 1, max = 4) int limit) {
        log = new InMemoryLog();
        var ids = new ArrayList<String>();
        for (int number : numbers) {
            var cause = number % 3 == 0 && !ids.isEmpty() ? ids.get(number / 3 % ids.size()) : "request:" + number;
            var id = "e" + ids.size();
            log.event(id, "task/" + number % 4, "c" + ids.size() / 2, cause);
            ids.add(id);
        }
        for (var id : ids) {
            assertThat(causesByPages(id, limit)).isEqualTo(causes(id));
            assertThat(effectsByPages(id, limit)).isEqualTo(effects(id));
            var below = effects(id).stream().map(each -> each.event().id()).toList();
            for (var other : ids) {
                var leadsHere = causes(other).stream()
                        .skip(1)
                        .anyMatch(each -> each.event().id().equals(id));
                assertThat(below.contains(other)).as(other + " below " + id).isEqualTo(leadsHere);
            }
        }
    }

    private List<LinkedEvent> causesByPages(String event, int limit) {
        var all = new ArrayList<LinkedEvent>();
        @Nullable String cursor = null;
        do {
            var page = queries().handle(new FindCauses(event, limit, cursor));
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return all;
    }

    private List<LinkedEvent> effectsByPages(String event, int limit) {
        var all = new ArrayList<LinkedEvent>();
        @Nullable String cursor = null;
        do {
            var page = queries().handle(new FindEffects(event, limit, cursor));
            assertThat(page.truncated()).isFalse();
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return all;
    }
}
