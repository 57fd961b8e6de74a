package dev.muster.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.agent.AgentEvent;
import dev.muster.agent.AgentEvent.*;
import dev.muster.agent.AgentId;
import dev.muster.agent.AgentProjection;
import dev.muster.agent.AgentQueries;
import dev.muster.agent.AgentQuery.FindAgents;
import dev.muster.agent.AgentQuery.GetAgent;
import dev.muster.agent.AgentRow;
import dev.muster.agent.AgentState;
import dev.muster.message.Cause;
import dev.muster.message.EntityId;
import dev.muster.message.Refusal;
import dev.muster.task.TaskEvent.*;
import dev.muster.task.TaskQuery.*;
import dev.muster.view.ViewStore;
import dev.muster.view.ViewStores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

/** Given events, what readers see of tasks and agents; wherever the views are. */
abstract class TaskViewsContract {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final AgentId ADA = AgentId.of("ada");
    private static final Usage FEW = new Usage(10, 20, 30);

    private final Map<String, Long> versions = new HashMap<>();
    private long position;
    private Instant clock = NOW;
    private List<AnnotationEventHandlerAdapter> projections = List.of();
    private ViewStore<TaskRow> rows;
    TaskQueries queries;
    AgentQueries agentQueries;

    abstract ViewStores stores();

    @BeforeEach
    void open() {
        var stores = stores();
        var tasks = stores.open(TaskRow.DEFINITION);
        rows = tasks;
        var blockers = stores.open(BlockerRow.DEFINITION);
        var agents = stores.open(AgentRow.DEFINITION);
        projections = List.of(
                new AnnotationEventHandlerAdapter(new TaskProjection(tasks, blockers)),
                new AnnotationEventHandlerAdapter(new AgentProjection(agents)));
        queries = new TaskQueries(tasks, blockers, agents);
        agentQueries = new AgentQueries(agents);
    }

    /** Folds events, all in one batch. */
    private void given(Object... events) {
        var batch = new ArrayList<EventMessage<?>>();
        for (var event : events) {
            batch.add(message(event));
        }
        Iterator<EventMessage<?>> each = batch.iterator();
        var result = new BatchingUnitOfWork<>(batch).executeWithResult(() -> {
            var event = each.next();
            for (var projection : projections) {
                projection.handle(event);
            }
            return "handled";
        });
        result.optionalExceptionResult().ifPresent(failure -> {
            throw new AssertionError(failure);
        });
    }

    private EventMessage<?> message(Object event) {
        var entity = (EntityId) (event instanceof TaskEvent task ? task.taskId() : ((AgentEvent) event).agentId());
        var version = versions.merge(entity.stored(), 1L, Long::sum) - 1;
        clock = clock.plusSeconds(1);
        return new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(position++),
                new GenericDomainEventMessage<>(
                        entity.type(),
                        entity.stored(),
                        version,
                        event,
                        MetaData.emptyInstance(),
                        "e" + (position - 1),
                        clock));
    }

    private static TaskId id(String id) {
        return TaskId.of(id);
    }

    private static TaskSubmitted submitted(String id, int priority, Blocker... blockers) {
        return new TaskSubmitted(
                id(id),
                "Title of " + id,
                null,
                priority,
                Set.of("java"),
                Set.of("roof"),
                null,
                List.of(blockers),
                null,
                Retry.DEFAULT,
                null,
                null,
                null,
                "kim");
    }

    private static TaskAssigned assigned(String id, long token) {
        return new TaskAssigned(id(id), ADA, token, NOW.plusSeconds(60), 1, false, null);
    }

    private static TaskStarted started(String id) {
        return new TaskStarted(id(id), ADA, 1);
    }

    private static TaskCompleted completed(String id) {
        return new TaskCompleted(id(id), ADA, 1, null, null, null, Usage.NONE, Usage.NONE);
    }

    private static AgentRegistered registered() {
        return new AgentRegistered(ADA, "Ada", Set.of("java"));
    }

    private TaskView get(String id) {
        return queries.handle(new GetTask(id(id)));
    }

    private List<String> find(Boolean ready, Boolean stalled) {
        return queries
                .handle(new FindTasks(null, ready, stalled, null, null, null, null, null, null, null))
                .items()
                .stream()
                .map(task -> task.taskId().value())
                .toList();
    }

    private List<Due> due(Instant now) {
        return queries.handle(new FindDueTasks(now, 10)).items();
    }

    @Test
    void a_submitted_task_is_ready() {
        given(submitted("t", 2));
        var task = get("t");
        assertThat(task.state()).isEqualTo(TaskState.SUBMITTED);
        assertThat(task.ready()).isTrue();
        assertThat(task.version()).isZero();
        assertThat(task.submittedAt()).isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void a_task_shows_who_holds_it_and_the_agent_what_it_holds() {
        given(registered(), submitted("t", 2), assigned("t", 1), started("t"));
        assertThat(get("t").agentId()).isEqualTo(ADA);
        assertThat(get("t").state()).isEqualTo(TaskState.WORKING);
        assertThat(get("t").version()).isEqualTo(2);
        assertThat(agentQueries.handle(new GetAgent(ADA)).holding()).containsExactly(id("t"));
        given(completed("t"));
        assertThat(agentQueries.handle(new GetAgent(ADA)).holding()).isEmpty();
        assertThat(get("t").agentId()).as("who held it last").isEqualTo(ADA);
        assertThat(get("t").endedAt()).isNotNull();
    }

    @Test
    void usage_is_summed_over_all_attempts() {
        given(
                submitted("t", 2),
                assigned("t", 1),
                started("t"),
                new ProgressReported(id("t"), ADA, 1, 105, "n", List.of(), FEW, FEW, NOW),
                new AttemptFailed(id("t"), ADA, 1, null, null, 1, "rain", FEW, Usage.NONE),
                new RetryScheduled(id("t"), 2, NOW.plusSeconds(30)));
        assertThat(get("t").usage()).isEqualTo(FEW);
        assertThat(get("t").percent()).isEqualTo("10.5");
        assertThat(get("t").ready()).as("it rests").isFalse();
        assertThat(get("t").attempt()).isEqualTo(2);
        given(
                new RetryDue(id("t"), 2),
                assigned("t", 2),
                started("t"),
                new TaskCompleted(id("t"), ADA, 2, null, null, null, FEW, FEW));
        assertThat(get("t").usage()).isEqualTo(new Usage(20, 40, 60));
    }

    @Test
    void a_task_waits_until_its_blocker_is_cleared() {
        given(submitted("b", 2), submitted("t", 2, new Blocker(id("b"), null)));
        assertThat(get("t").ready()).isFalse();
        assertThat(get("t").blockers().get(0).open()).isTrue();
        given(assigned("b", 1), started("b"), completed("b"));
        assertThat(get("t").blockers().get(0).state()).isEqualTo(TaskState.COMPLETED);
        assertThat(get("t").version()).as("nothing happened to it itself").isZero();
        given(new BlockerCleared(id("t"), id("b"), TaskState.COMPLETED));
        assertThat(get("t").ready()).isTrue();
    }

    @Test
    void a_blocker_that_ended_otherwise_stalls_the_task() {
        given(submitted("b", 2), submitted("t", 2, new Blocker(id("b"), null)));
        given(new TaskCanceled(id("b"), null, null, null, null));
        assertThat(get("t").stalledBy()).containsExactly(id("b"));
        assertThat(find(null, true)).containsExactly("t");
        assertThat(find(null, false)).containsExactly("b");
        given(new BlockerRemoved(id("t"), id("b"), null));
        assertThat(find(null, true)).isEmpty();
        assertThat(get("t").ready()).isTrue();
    }

    @Test
    void the_most_urgent_come_first_then_the_oldest() {
        given(submitted("c", 3), submitted("a", 1), submitted("b", 3), submitted("d", 0));
        assertThat(find(true, null)).containsExactly("d", "a", "c", "b");
    }

    @Test
    void pages_visit_every_task_once() {
        for (int i = 0; i < 30; i++) {
            given(submitted("t" + i, i % 3));
        }
        var seen = new ArrayList<String>();
        for (String cursor = null; ; ) {
            var page = queries.handle(new FindTasks(null, null, null, null, null, null, null, null, 7, cursor));
            page.items().forEach(task -> seen.add(task.taskId().value()));
            cursor = page.next();
            if (cursor == null) {
                break;
            }
        }
        assertThat(seen).isEqualTo(find(null, null)).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void tasks_are_found_by_what_they_are() {
        given(registered(), submitted("a", 1), submitted("b", 1), assigned("b", 1));
        given(
                new TaskLabeled(id("a"), Set.of("red"), Set.of("roof")),
                new TaskRevised(id("a"), "New", null, 0, Set.of("sql"), id("b"), null, null, null, Set.of()));
        assertThat(found(new FindTasks(TaskState.ASSIGNED, null, null, null, null, null, null, null, null, null)))
                .containsExactly("b");
        assertThat(found(new FindTasks(null, null, null, ADA, null, null, null, null, null, null)))
                .containsExactly("b");
        assertThat(found(new FindTasks(null, null, null, null, "sql", null, null, null, null, null)))
                .containsExactly("a");
        assertThat(found(new FindTasks(null, null, null, null, null, "red", null, null, null, null)))
                .containsExactly("a");
        assertThat(found(new FindTasks(null, null, null, null, null, null, id("b"), null, null, null)))
                .containsExactly("a");
        var counts = queries.handle(new CountTasks(null, null, null, null, "roof", null, null));
        assertThat(counts.byState()).containsExactly(Map.entry(TaskState.ASSIGNED, 1L));
        assertThat(get("a").title()).isEqualTo("New");
    }

    private List<String> found(FindTasks query) {
        return queries.handle(query).items().stream()
                .map(task -> task.taskId().value())
                .toList();
    }

    @Test
    void what_is_over_is_due_and_names_the_event_it_follows_from() {
        given(submitted("t", 2), assigned("t", 1), started("t"));
        assertThat(due(NOW.plusSeconds(59))).isEmpty();
        assertThat(due(NOW.plusSeconds(60))).containsExactly(new Due.Lease(id("t"), 1, cause("e1")));
        given(completed("t"));
        assertThat(due(NOW.plusSeconds(60))).as("it has ended").isEmpty();
    }

    @Test
    void rests_and_deadlines_that_are_over_are_due() {
        given(
                submitted("t", 2),
                assigned("t", 1),
                started("t"),
                new AttemptFailed(id("t"), ADA, 1, null, null, 1, "rain", Usage.NONE, Usage.NONE),
                new RetryScheduled(id("t"), 2, NOW.plusSeconds(30)),
                new TaskRevised(id("t"), null, null, null, null, null, null, null, NOW.plusSeconds(40), Set.of()));
        assertThat(due(NOW.plusSeconds(29))).isEmpty();
        assertThat(due(NOW.plusSeconds(40)))
                .containsExactly(new Due.Backoff(id("t"), cause("e4")), new Due.Deadline(id("t"), cause("e5")));
        given(new RetryDue(id("t"), 2));
        assertThat(row("t").retryEvent()).as("it rests no more").isNull();
        assertThat(row("t").deadlineEvent()).isEqualTo(cause("e5"));
    }

    @Test
    void events_are_kept_as_long_as_something_may_follow_from_them() {
        given(submitted("t", 2), assigned("t", 1), started("t"));
        assertThat(row("t")).isEqualTo(new TaskRow(get("t"), 0, cause("e1"), null, null, cause("e2")));
        given(new TaskRevised(id("t"), null, null, null, null, null, null, null, NOW.plusSeconds(40), Set.of()));
        assertThat(row("t").deadlineEvent()).isEqualTo(cause("e3"));
        given(completed("t"));
        assertThat(row("t")).isEqualTo(new TaskRow(get("t"), 0, null, null, null, cause("e4")));
        given(new TaskReopened(id("t"), "again", NOW.plusSeconds(50)));
        assertThat(row("t").deadlineEvent()).isEqualTo(cause("e5"));
        assertThat(due(NOW.plusSeconds(50))).containsExactly(new Due.Deadline(id("t"), cause("e5")));
    }

    private TaskRow row(String task) {
        return rows.get(task).orElseThrow();
    }

    @Test
    void blockers_that_were_met_are_due_until_they_are_cleared() {
        given(submitted("b", 2), submitted("t", 2, new Blocker(id("b"), null)));
        given(assigned("b", 1), started("b"), completed("b"));
        assertThat(due(NOW)).containsExactly(new Due.BlockerMet(id("t"), id("b"), TaskState.COMPLETED, cause("e4")));
        given(new BlockerCleared(id("t"), id("b"), TaskState.COMPLETED));
        assertThat(due(NOW)).isEmpty();
    }

    @Test
    void a_blocker_that_had_ended_before_it_was_added_is_due_at_once() {
        given(submitted("b", 2), assigned("b", 1), started("b"), completed("b"), submitted("t", 2));
        given(new BlockerAdded(id("t"), id("b"), Blocker.Until.COMPLETED));
        assertThat(due(NOW)).hasSize(1);
    }

    @Test
    void tasks_of_a_retired_agent_are_due() {
        given(registered(), submitted("t", 2), assigned("t", 1), new AgentRetired(ADA, null));
        assertThat(due(NOW)).containsExactly(new Due.HolderRetired(id("t"), ADA, 1, cause("e3")));
        given(new TaskReleased(id("t"), ADA, 1, null));
        assertThat(due(NOW)).isEmpty();
    }

    @Test
    void a_circle_is_found_with_its_youngest_edge() {
        given(submitted("a", 2), submitted("b", 2), submitted("c", 2), submitted("d", 2));
        given(
                new BlockerAdded(id("a"), id("b"), Blocker.Until.COMPLETED),
                new BlockerAdded(id("b"), id("c"), Blocker.Until.COMPLETED),
                new BlockerAdded(id("d"), id("a"), Blocker.Until.COMPLETED));
        assertThat(queries.handle(new FindBlockerCycles()).items()).isEmpty();
        given(new BlockerAdded(id("c"), id("a"), Blocker.Until.COMPLETED));
        assertThat(queries.handle(new FindBlockerCycles()).items())
                .singleElement()
                .satisfies(cycle -> {
                    assertThat(cycle.path()).containsExactly(id("a"), id("b"), id("c"));
                    assertThat(cycle.taskId()).isEqualTo(id("c"));
                    assertThat(cycle.blockerId()).isEqualTo(id("a"));
                    assertThat(cycle.cause()).isEqualTo(cause("e7"));
                });
    }

    @Test
    void a_reopened_task_begins_anew() {
        given(
                submitted("t", 2),
                assigned("t", 1),
                started("t"),
                new TaskFailed(id("t"), ADA, null, null, TaskFailed.Cause.DEADLINE, "late", Usage.NONE, Usage.NONE),
                new TaskReopened(id("t"), "again", null));
        assertThat(get("t").ready()).isTrue();
        assertThat(get("t").attempt()).isEqualTo(1);
        assertThat(get("t").error()).isNull();
        assertThat(get("t").agentId()).isNull();
    }

    @Test
    void questions_and_rests_are_seen() {
        given(submitted("t", 2), assigned("t", 1), started("t"), new InputRequested(id("t"), ADA, 1, NOW, "Which?"));
        assertThat(get("t").question()).isEqualTo("Which?");
        given(new InputProvided(id("t"), ADA, 1, NOW, StringNode.valueOf("red")));
        assertThat(get("t").question()).isNull();
        assertThat(get("t").providedInput().asString()).isEqualTo("red");
        given(new TaskSuspended(id("t"), ADA, 1, NOW.plus(Duration.ofHours(24)), "rain"));
        assertThat(get("t").state()).isEqualTo(TaskState.SUSPENDED);
        assertThat(get("t").reason()).isEqualTo("rain");
    }

    @Test
    void agents_are_found_by_what_they_are() {
        given(registered(), new AgentRegistered(AgentId.of("ben"), "Ben", Set.of("sql")));
        given(new AgentSuspended(AgentId.of("ben"), null));
        assertThat(agents(new FindAgents(AgentState.SUSPENDED, null, null, null)))
                .containsExactly("ben");
        assertThat(agents(new FindAgents(null, "java", null, null))).containsExactly("ada");
        given(
                new CapabilitiesChanged(ADA, Set.of("sql")),
                new AgentLimitChanged(ADA, 7),
                new AgentResumed(AgentId.of("ben")));
        assertThat(agents(new FindAgents(AgentState.ACTIVE, "sql", null, null))).containsExactly("ada", "ben");
        assertThat(agentQueries.handle(new GetAgent(ADA)).maxConcurrentTasks()).isEqualTo(7);
        assertThat(agentQueries.handle(new GetAgent(ADA)).version()).isEqualTo(2);
    }

    private List<String> agents(FindAgents query) {
        return agentQueries.handle(query).items().stream()
                .map(agent -> agent.agentId().value())
                .toList();
    }

    @Test
    void what_is_not_there_is_refused_by_name() {
        assertThatThrownBy(() -> get("nowhere")).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(
                        refusal.problem().code())
                .isEqualTo("task-not-found"));
        assertThatThrownBy(() -> agentQueries.handle(new GetAgent(ADA))).isInstanceOf(Refusal.class);
    }

    private static Cause cause(String event) {
        return new Cause(event, null);
    }
}
