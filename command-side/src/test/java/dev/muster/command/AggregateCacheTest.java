package dev.muster.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.AgentCommand.RegisterAgent;
import dev.muster.agent.AgentId;
import dev.muster.message.MetaKeys;
import dev.muster.message.Refusal;
import dev.muster.task.TaskCommand.ClaimTask;
import dev.muster.task.TaskCommand.CommentOnTask;
import dev.muster.task.TaskCommand.CompleteTask;
import dev.muster.task.TaskCommand.ReviseTask;
import dev.muster.task.TaskCommand.SubmitTask;
import dev.muster.task.TaskDomain;
import dev.muster.task.TaskId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Aggregates that are kept in memory are never other than their events. */
class AggregateCacheTest {

    private static final TaskId T = TaskId.of("t");
    private static final AgentId ADA = AgentId.of("ada");

    private final CountedLog log = new CountedLog();
    private final TaskDomain domain = new TaskDomain(10, log);

    @AfterEach
    void close() {
        domain.close();
    }

    private static SubmitTask submit(TaskId task) {
        return new SubmitTask(task, "Title", null, null, null, null, null, null, null, null, null, null, null);
    }

    private static String code(CommandResultMessage<?> result) {
        return ((Refusal) result.exceptionResult()).problem().code();
    }

    @Test
    void a_task_that_is_kept_is_not_read_again() {
        domain.done(new RegisterAgent(ADA, null, null, 1));
        domain.done(submit(T));
        log.reads();
        domain.done(new ClaimTask(T, ADA));
        domain.done(new CompleteTask(T, ADA, 1, null, null));
        assertThat(log.reads()).isZero();
        assertThat(domain.types("task/t"))
                .containsExactly("TaskSubmitted", "TaskAssigned", "TaskStarted", "TaskCompleted");
    }

    @Test
    void that_a_task_is_new_is_known_without_reading_its_events() {
        domain.done(submit(T));
        assertThat(log.reads()).isZero();
        assertThat(domain.types("task/t")).containsExactly("TaskSubmitted");
    }

    @Test
    void a_task_that_is_not_kept_is_read_before_it_is_submitted_again() {
        domain.done(submit(T));
        for (int i = 0; i < 10; i++) {
            domain.done(submit(TaskId.of("t" + i)));
        }
        log.reads();
        assertThat(code(domain.send(submit(T), "ada"))).isEqualTo("task-exists");
        assertThat(log.reads()).isEqualTo(1);
        domain.done(new CommentOnTask(T, "it can be had in hand again"));
    }

    @Test
    void of_32_who_submit_one_task_one_does() throws Exception {
        var threads = Executors.newFixedThreadPool(32);
        try {
            var submissions =
                    Collections.nCopies(32, (Callable<CommandResultMessage<?>>) () -> domain.send(submit(T), "ada"));
            var refused = 0;
            for (var answer : threads.invokeAll(submissions)) {
                refused += answer.get().isExceptional() ? 1 : 0;
            }
            assertThat(refused).isEqualTo(31);
            assertThat(domain.types("task/t")).containsExactly("TaskSubmitted");
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void a_new_key_is_known_to_be_new_without_reading_the_task_again() {
        domain.done(new RegisterAgent(ADA, null, null, null));
        domain.send(submit(T), "ada", MetaKeys.IDEMPOTENCY_KEY, "k1");
        log.reads();
        domain.done(new CommentOnTask(T, "without a key"));
        domain.send(new CommentOnTask(T, "one"), "ada", MetaKeys.IDEMPOTENCY_KEY, "k2");
        domain.send(new CommentOnTask(T, "two"), "ada", MetaKeys.IDEMPOTENCY_KEY, "k3");
        assertThat(log.reads()).isZero();
        var again = domain.send(new CommentOnTask(T, "one"), "ada", MetaKeys.IDEMPOTENCY_KEY, "k2");
        assertThat(again.getMetaData()).containsEntry(MetaKeys.VERSION, 2L);
        assertThat(code(domain.send(new CommentOnTask(T, "other"), "ada", MetaKeys.IDEMPOTENCY_KEY, "k3")))
                .isEqualTo("idempotency-key-reused");
        assertThat(domain.events("task/t")).hasSize(4);
    }

    @Test
    void what_a_refused_append_would_have_changed_is_forgotten_with_it() {
        domain.done(new RegisterAgent(ADA, null, null, 1));
        domain.done(submit(T));
        for (var failure : List.of(new EventStoreException("The disk is full"), new ConcurrencyException("Others"))) {
            log.refuseOne(failure);
            var claim = domain.send(new ClaimTask(T, ADA), "operator:o");
            assertThat(claim.exceptionResult()).isSameAs(failure);
            assertThat(domain.types("task/t")).containsExactly("TaskSubmitted");
        }
        assertThat(domain.send(new ClaimTask(T, ADA), "operator:o").isExceptional())
                .isFalse();
        assertThat(domain.types("task/t")).containsExactly("TaskSubmitted", "TaskAssigned", "TaskStarted");
    }

    @Test
    void a_slot_that_was_taken_for_a_refused_append_is_free_again() {
        domain.done(new RegisterAgent(ADA, null, null, 1));
        domain.done(submit(T));
        domain.done(submit(TaskId.of("other")));
        log.refuseOne(new EventStoreException("The disk is full"));
        assertThat(domain.send(new ClaimTask(T, ADA), "ada").isExceptional()).isTrue();
        assertThat(domain.send(new ClaimTask(TaskId.of("other"), ADA), "ada").isExceptional())
                .isFalse();
        assertThat(code(domain.send(new ClaimTask(T, ADA), "ada"))).isEqualTo("agent-at-limit");
    }

    @Test
    void after_a_conflict_with_another_writer_the_command_meets_what_that_one_wrote() {
        domain.done(submit(T));
        var first = domain.events("task/t").get(0);
        domain.done(new CommentOnTask(T, "one"));
        var last = domain.events("task/t").get(1);
        log.append(new GenericDomainEventMessage<>(first.getType(), "task/t", 2, last.getPayload()));
        assertThat(domain.send(new CommentOnTask(T, "two"), "ada").exceptionResult())
                .isInstanceOf(ConcurrencyException.class);
        assertThat(domain.send(new CommentOnTask(T, "two"), "ada").getMetaData())
                .containsEntry(MetaKeys.VERSION, 3L);
    }

    @Test
    void a_stale_version_is_refused_without_reading_the_task_again() {
        domain.done(submit(T));
        domain.done(new CommentOnTask(T, "one"));
        log.reads();
        for (int i = 0; i < 3; i++) {
            var result = domain.send(new CommentOnTask(T, "two"), "ada", MetaKeys.EXPECTED_VERSION, 7L);
            assertThat(code(result)).isEqualTo("stale-version");
        }
        assertThat(log.reads()).isZero();
        assertThat(domain.send(new CommentOnTask(T, "two"), "ada", MetaKeys.EXPECTED_VERSION, 1L)
                        .isExceptional())
                .isFalse();
    }

    @Test
    void of_32_who_revise_one_task_by_its_version_none_overwrites_another() throws Exception {
        domain.done(submit(T));
        var threads = Executors.newFixedThreadPool(32);
        try {
            var works = IntStream.range(0, 32)
                    .mapToObj(i -> (Callable<Long>) () -> revise("title " + i))
                    .toList();
            var versions = new ArrayList<Long>();
            for (var done : threads.invokeAll(works)) {
                versions.add(done.get());
            }
            assertThat(versions)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, 32).boxed().toList());
        } finally {
            threads.shutdownNow();
        }
        assertThat(domain.events("task/t").stream().map(DomainEventMessage::getSequenceNumber))
                .containsExactlyElementsOf(LongStream.rangeClosed(0, 32).boxed().toList());
    }

    private long revise(String title) {
        for (long expected = 0; ; ) {
            var command = new ReviseTask(T, title, null, null, null, null, null, null, null, null);
            var result = domain.send(command, "operator:o", MetaKeys.EXPECTED_VERSION, expected);
            if (!result.isExceptional()) {
                return (Long) result.getMetaData().get(MetaKeys.VERSION);
            }
            expected = (Long)
                    ((Refusal) result.exceptionResult()).problem().extras().get("currentVersion");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void whatever_is_asked_is_answered_as_without_a_cache(int cached) {
        for (int seed = 0; seed < 20; seed++) {
            var log = new CountedLog();
            try (var with = new TaskDomain(cached, log)) {
                var told = life(with, log, seed);
                assertThat(told).as("seed " + seed).isEqualTo(withoutCache(seed));
            }
        }
    }

    private static List<String> withoutCache(int seed) {
        var log = new CountedLog();
        try (var without = new TaskDomain(0, log)) {
            return life(without, log, seed);
        }
    }

    /** Random commands to three tasks and an agent with one slot, some of which the log refuses: answers and events. */
    private static List<String> life(TaskDomain domain, CountedLog log, int seed) {
        var random = new Random(seed);
        var told = new ArrayList<String>();
        domain.done(new RegisterAgent(ADA, null, null, 1));
        for (int i = 0; i < 60; i++) {
            if (random.nextInt(6) == 0) {
                log.refuseOne(new ConcurrencyException("Others"));
            }
            var task = TaskId.of("t" + random.nextInt(3));
            var command =
                    switch (random.nextInt(4)) {
                        case 0 -> submit(task);
                        case 1 -> new ClaimTask(task, ADA);
                        case 2 -> new CompleteTask(task, ADA, 1, null, null);
                        default -> new CommentOnTask(task, "comment " + i);
                    };
            var key = "k" + random.nextInt(20);
            var result = domain.send(command, "operator:o", MetaKeys.IDEMPOTENCY_KEY, key);
            told.add(
                    result.isExceptional()
                            ? result.exceptionResult().toString()
                            : result.getPayload() + " " + result.getMetaData().get(MetaKeys.SEEN));
        }
        for (int i = 0; i < 3; i++) {
            told.addAll(domain.types("task/t" + i));
        }
        told.addAll(domain.types("agent/ada"));
        return told;
    }
}
