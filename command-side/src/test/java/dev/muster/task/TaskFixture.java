package dev.muster.task;

import dev.muster.agent.AgentId;
import dev.muster.message.MetaKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.test.aggregate.AggregateTestFixture;

/** One task under test; its clock, its leases, the agents and the other tasks are fakes that the test can set. */
final class TaskFixture {

    static final TaskId TASK = TaskId.of("t-1");
    static final TaskId OTHER_TASK = TaskId.of("t-2");
    static final AgentId AGENT = AgentId.of("a-1");
    static final AgentId OTHER_AGENT = AgentId.of("a-2");
    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    static final Instant LEASE_END = NOW.plus(FakeTerms.LEASE);
    static final Instant REST_END = NOW.plus(FakeTerms.REST);
    static final String SUBMITTER = "a-9";

    final MutableClock clock = new MutableClock(NOW);
    final FakeTerms terms = new FakeTerms();
    final FakeAgents agents = new FakeAgents();
    final FakeTasks tasks = new FakeTasks();

    private final AggregateTestFixture<Task> fixture = new AggregateTestFixture<>(Task.class);
    private final List<TaskEvent> history = new ArrayList<>();

    TaskFixture() {
        fixture.registerInjectableResource(clock);
        fixture.registerInjectableResource(terms);
        fixture.registerInjectableResource(agents);
        fixture.registerInjectableResource(tasks);
    }

    /** Adds to what has happened to the task. */
    TaskFixture given(TaskEvent... events) {
        history.addAll(List.of(events));
        return this;
    }

    TaskFixture given(List<TaskEvent> events) {
        history.addAll(events);
        return this;
    }

    /** Sends a command as the anonymous operator. */
    Outcome<Task> when(Object command) {
        return when(command, "anonymous");
    }

    Outcome<Task> when(Object command, String actor) {
        var executor = history.isEmpty() ? fixture.givenNoPriorActivity() : fixture.given(history);
        return new Outcome<>(executor.when(command, Map.of(MetaKeys.ACTOR, actor)));
    }
}
