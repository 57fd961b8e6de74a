package dev.muster.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.history.HistoryQuery.CompareStates;
import dev.muster.history.HistoryQuery.GetState;
import dev.muster.message.InvalidField;
import dev.muster.message.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The state of an entity is what its own handlers make of its own events. */
class StateQueriesTest {

    record Opened(String counter) {}

    record Counted(int by) {}

    @AggregateRoot(type = "counter")
    static class Counter {

        @AggregateIdentifier
        private @Nullable String id;

        private int sum;
        private final List<String> times = new ArrayList<>();

        Counter() {}

        @EventSourcingHandler
        void on(Opened event) {
            id = event.counter();
        }

        @EventSourcingHandler
        void on(Counted event, @Timestamp java.time.Instant at) {
            sum += event.by();
            times.add(at + (CurrentUnitOfWork.isStarted() ? " in a unit of work" : ""));
        }
    }

    private final InMemoryLog log = new InMemoryLog();
    private final StateQueries queries = new StateQueries(log.reader(), Aggregates.of(Counter.class));

    @BeforeEach
    void count() {
        log.event("a", "counter/x", new Opened("counter/x"), "c1", null)
                .event("b", "counter/y", new Opened("counter/y"), "c2", null)
                .event("c", "counter/x", new Counted(1), "c3", null)
                .event("d", "counter/y", new Counted(10), "c4", null)
                .event("e", "counter/x", new Counted(2), "c5", null);
    }

    private EntityState state(@Nullable String at) {
        return queries.handle(new GetState("counter/x", at));
    }

    @Test
    void now_it_is_what_all_its_events_make_it() {
        assertThat(state(null).state())
                .hasToString("{\"id\":\"counter/x\",\"sum\":3,"
                        + "\"times\":[\"2026-03-01T10:00:02Z\",\"2026-03-01T10:00:04Z\"]}");
        assertThat(state(null).version()).isEqualTo(2);
        assertThat(state(null).position()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"version:1", "position:2", "position:3", "2026-03-01T10:00:02Z", "2026-03-01T10:00:03.999Z"})
    void at_a_moment_it_is_what_those_until_then_make_it(String at) {
        assertThat(state(at).state().get("sum").asInt()).isEqualTo(1);
        assertThat(state(at).version()).isEqualTo(1);
        assertThat(state(at).time()).isEqualTo(InMemoryLog.BEGINNING.plusSeconds(2));
    }

    @Test
    void it_is_folded_beside_what_is_being_handled_and_leaves_that_as_it_was() {
        var unitOfWork = DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage("handled"));
        try {
            assertThat(state(null).state().toString()).doesNotContain("unit of work");
            assertThat(CurrentUnitOfWork.get()).isSameAs(unitOfWork);
        } finally {
            unitOfWork.rollback();
        }
    }

    @Test
    void as_of_a_position_it_is_what_it_was_then_and_nothing_is_later() {
        var then = new StateQueries(log.reader().upTo(() -> 3), Aggregates.of(Counter.class));
        assertThat(then.handle(new GetState("counter/x", null)).version()).isEqualTo(1);
        assertThat(then.handle(new GetState("counter/x", "2026-03-01T11:00:00Z"))
                        .version())
                .isEqualTo(1);
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> then.handle(new GetState("counter/x", "position:4")))
                .withMessageContaining("the log has 4 events");
    }

    @Test
    void two_states_differ_by_a_patch() {
        var change = queries.handle(new CompareStates("counter/x", "version:1", null));
        assertThat(change.fromVersion()).isEqualTo(1);
        assertThat(change.toVersion()).isEqualTo(2);
        assertThat(change.patch())
                .extracting(step -> step.op() + " " + step.path() + " " + step.value())
                .containsExactly("REPLACE /sum 3", "ADD /times/1 \"2026-03-01T10:00:04Z\"");
    }

    @Test
    void they_may_be_compared_backwards() {
        assertThat(queries.handle(new CompareStates("counter/x", "version:2", "version:0"))
                        .patch())
                .extracting(step -> step.op() + " " + step.path())
                .containsExactly("REPLACE /sum", "REMOVE /times/1", "REMOVE /times/0");
    }

    @Test
    void what_is_not_there_is_refused() {
        assertThat(problem("counter/z", null)).isEqualTo("404 entity-not-found");
        assertThat(problem("counter/x", "version:3")).isEqualTo("404 version-not-found");
        assertThat(problem("counter/y", "position:0")).isEqualTo("404 entity-not-found");
        assertThat(problem("counter/y", "2026-03-01T09:00:00Z")).isEqualTo("404 entity-not-found");
        assertThat(problem("counter/x", "position:5")).isEqualTo("422 position-not-reached");
        log.event("f", "clock/x", "c6", null);
        assertThat(problem("clock/x", null)).isEqualTo("422 state-unknown");
    }

    private String problem(String entity, @Nullable String at) {
        try {
            return "answered with " + queries.handle(new GetState(entity, at));
        } catch (Refusal refusal) {
            return refusal.problem().status() + " " + refusal.problem().code();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "8", "version:", "version:-1", "version:99999999999999999999", "position:x", "yesterday"})
    void a_moment_is_a_version_a_position_or_an_instant(String at) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new GetState("counter/x", at))
                .withMessageContaining("at must be version:8, position:1200 or an instant");
    }
}
