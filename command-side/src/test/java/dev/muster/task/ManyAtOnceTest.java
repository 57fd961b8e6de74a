package dev.muster.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.AgentCommand.RegisterAgent;
import dev.muster.agent.AgentId;
import dev.muster.message.MetaKeys;
import dev.muster.message.Refusal;
import dev.muster.task.TaskCommand.*;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.CommandResultMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds however many ask at once. */
class ManyAtOnceTest {

    private static final int MANY = 32;

    private final TaskDomain domain = new TaskDomain();

    @AfterEach
    void close() {
        domain.close();
    }

    private void submit(String id) {
        domain.done(new SubmitTask(
                TaskId.of(id), "Title", null, null, null, null, null, null, null, null, null, null, null));
    }

    private void register(String id, Integer limit) {
        domain.done(new RegisterAgent(AgentId.of(id), null, null, limit));
    }

    /** Runs that many at once, each beginning when all are there. */
    private static <T> List<T> atOnce(IntFunction<Callable<T>> work) throws Exception {
        var threads = Executors.newFixedThreadPool(MANY);
        var ready = new CyclicBarrier(MANY);
        try {
            var works = IntStream.range(0, MANY)
                    .mapToObj(number -> (Callable<T>) () -> {
                        ready.await();
                        return work.apply(number).call();
                    })
                    .toList();
            var results = new ArrayList<T>();
            for (var done : threads.invokeAll(works)) {
                results.add(done.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static long succeeded(List<CommandResultMessage<?>> results) {
        return results.stream().filter(result -> !result.isExceptional()).count();
    }

    @Test
    void of_many_who_claim_one_task_one_wins_and_the_others_are_told_who() throws Exception {
        submit("t");
        IntStream.range(0, MANY).forEach(i -> register("a" + i, null));
        var results = resultsOf(i -> () -> domain.send(new ClaimTask(TaskId.of("t"), AgentId.of("a" + i)), "a" + i));
        assertThat(succeeded(results)).isEqualTo(1);
        assertThat(domain.types("task/t")).containsExactly("TaskSubmitted", "TaskAssigned", "TaskStarted");
        assertThat(results.stream().filter(CommandResultMessage::isExceptional)).allSatisfy(result -> assertThat(
                        ((Refusal) result.exceptionResult()).problem().code())
                .isEqualTo("task-already-claimed"));
    }

    private static List<CommandResultMessage<?>> resultsOf(IntFunction<Callable<CommandResultMessage<?>>> work)
            throws Exception {
        return atOnce(work);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void an_agent_holds_as_many_tasks_as_it_may_and_no_more(int limit) throws Exception {
        register("ada", limit);
        IntStream.range(0, MANY).forEach(i -> submit("t" + i));
        var results = resultsOf(i -> () -> domain.send(new ClaimTask(TaskId.of("t" + i), AgentId.of("ada")), "ada"));
        assertThat(succeeded(results)).isEqualTo(limit);
        assertThat(domain.types("agent/ada")).hasSize(2 + limit).endsWith("SlotTaken");
        assertThat(results.stream().filter(CommandResultMessage::isExceptional)).allSatisfy(result -> assertThat(
                        ((Refusal) result.exceptionResult()).problem().code())
                .isEqualTo("agent-at-limit"));
    }

    @Test
    void a_slot_is_freed_when_the_task_leaves_its_holder() {
        register("ada", 1);
        submit("one");
        submit("two");
        domain.done(new ClaimTask(TaskId.of("one"), AgentId.of("ada")));
        domain.done(new CompleteTask(TaskId.of("one"), AgentId.of("ada"), 1, null, null));
        domain.done(new ClaimTask(TaskId.of("two"), AgentId.of("ada")));
        assertThat(domain.types("agent/ada"))
                .containsExactly("AgentRegistered", "AgentLimitChanged", "SlotTaken", "SlotFreed", "SlotTaken");
    }

    @Test
    void of_32_agents_who_ask_for_32_tasks_each_has_one_after_its_first_call() throws Exception {
        IntStream.range(0, MANY).forEach(i -> {
            register("a" + i, 1);
            submit("t" + i);
        });
        var results =
                resultsOf(i -> () -> domain.send(new ClaimNextTask(AgentId.of("a" + i), null, null, null), "a" + i));
        var tasks = new HashSet<TaskId>();
        assertThat(results).allSatisfy(result -> {
            var assignment = (Assignment) result.getPayload();
            assertThat(assignment).isNotNull();
            assertThat(tasks.add(assignment.taskId())).as("nobody else has it").isTrue();
            assertThat(result.getMetaData()).containsEntry(MetaKeys.VERSION, 2L);
        });
    }

    @Test
    void two_who_ask_at_once_with_one_key_have_one_task() throws Exception {
        register("ada", null);
        IntStream.range(0, MANY).forEach(i -> submit("t" + i));
        var results = resultsOf(i -> () -> domain.send(
                new ClaimNextTask(AgentId.of("ada"), null, null, null), "ada", MetaKeys.IDEMPOTENCY_KEY, "k"));
        assertThat(results.stream().map(CommandResultMessage::getPayload).distinct())
                .hasSize(1);
    }

    @Test
    void a_key_that_comes_with_another_wish_is_refused_and_claims_nothing() {
        register("ada", null);
        IntStream.range(0, 2).forEach(i -> submit("t" + i));
        var wish = new ClaimNextTask(AgentId.of("ada"), null, null, null);
        var first = domain.send(wish, "ada", MetaKeys.IDEMPOTENCY_KEY, "k");
        var other = domain.send(
                new ClaimNextTask(AgentId.of("ada"), null, null, TaskId.of("t0")),
                "ada",
                MetaKeys.IDEMPOTENCY_KEY,
                "k");
        assertThat(((Refusal) other.exceptionResult()).problem().code()).isEqualTo("idempotency-key-reused");
        assertThat(domain.send(wish, "ada", MetaKeys.IDEMPOTENCY_KEY, "k").getPayload())
                .isEqualTo(first.getPayload());
    }

    @Test
    void where_nothing_is_ready_the_answer_is_none() {
        register("ada", null);
        assertThat(domain.done(new ClaimNextTask(AgentId.of("ada"), null, null, null)))
                .isNull();
    }

    @Test
    void a_declined_task_is_not_offered_again_to_who_declined_it() {
        register("ada", null);
        submit("t");
        domain.done(new AssignTask(TaskId.of("t"), AgentId.of("ada")));
        domain.done(new DeclineTask(TaskId.of("t"), AgentId.of("ada"), 1, null));
        assertThat(domain.done(new ClaimNextTask(AgentId.of("ada"), null, null, null)))
                .isNull();
        assertThat(domain.done(new ClaimTask(TaskId.of("t"), AgentId.of("ada"))))
                .isNotNull();
    }

    @Test
    void the_most_urgent_is_offered_first_then_the_oldest() {
        register("ada", null);
        for (var priority : List.of(3, 1, 1)) {
            domain.clock.advance(Duration.ofSeconds(1));
            domain.done(new SubmitTask(
                    TaskId.of("p" + priority + domain.clock.instant().getEpochSecond() % 10),
                    "Title",
                    null,
                    priority,
                    null,
                    Set.of("x"),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null));
        }
        var order = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            var next = (Assignment) domain.done(new ClaimNextTask(AgentId.of("ada"), null, Set.of("x"), null));
            order.add(next.taskId().value());
        }
        assertThat(order).containsExactly("p12", "p13", "p31");
    }

    @Test
    void who_waits_is_given_what_is_submitted_meanwhile() throws Exception {
        register("ada", null);
        var waiting = Executors.newSingleThreadExecutor();
        try {
            var asked = waiting.submit(() -> domain.send(
                    new ClaimNextTask(AgentId.of("ada"), null, null, null), "ada", MetaKeys.WAIT_MILLIS, 20_000L));
            submit("t");
            assertThat(asked.get().getPayload()).isInstanceOf(Assignment.class);
        } finally {
            waiting.shutdownNow();
        }
    }

    @Test
    void an_agent_that_is_not_known_is_told_so() {
        submit("t");
        var result = domain.send(new ClaimNextTask(AgentId.of("nobody"), null, null, null), "nobody");
        assertThat(((Refusal) result.exceptionResult()).problem().code()).isEqualTo("agent-not-found");
    }
}
