package dev.muster.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.message.MetaKeys;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.task.TaskCommand.CommentOnTask;
import dev.muster.task.TaskCommand.SubmitTask;
import dev.muster.task.TaskDomain;
import dev.muster.task.TaskId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.axonframework.commandhandling.CommandResultMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A command that was based on an older version than the log has is refused without waiting for the aggregate. */
class VersionedTargetsTest {

    private static final TaskId T = TaskId.of("t");

    private final CountedLog log = new CountedLog();
    private final TaskDomain domain = new TaskDomain(10, log);

    @AfterEach
    void close() {
        domain.close();
    }

    @Test
    void an_older_version_is_refused_while_another_command_has_the_task() throws Exception {
        submitWithOneComment();
        var inHand = new CountDownLatch(1);
        var refused = new CompletableFuture<Problem>();
        log.beforeAppend(() -> {
            inHand.countDown();
            refused.orTimeout(30, TimeUnit.SECONDS).join();
        });
        var other = CompletableFuture.supplyAsync(() -> domain.send(new CommentOnTask(T, "slow"), "bob"));
        inHand.await();
        refused.complete(problem(comment("late", MetaKeys.EXPECTED_VERSION, 0L)));
        assertThat(other.join().isExceptional()).isFalse();
        assertThat(refused.join().code()).isEqualTo("stale-version");
        assertThat(refused.join().extras()).containsEntry("currentVersion", 1L).containsEntry("expectedVersion", 0L);
        assertThat((List<?>) refused.join().extras().get("unseenEvents")).hasSize(1);
    }

    @Test
    void with_the_key_of_an_earlier_command_its_answer_is_given_though_the_version_is_old() {
        domain.done(submit());
        for (int i = 0; i < 2; i++) {
            var answer = comment("once", MetaKeys.EXPECTED_VERSION, 0L, MetaKeys.IDEMPOTENCY_KEY, "k");
            assertThat(answer.getMetaData()).containsEntry(MetaKeys.VERSION, 1L);
        }
        assertThat(domain.events("task/t")).hasSize(2);
    }

    @Test
    void the_version_that_the_log_has_and_a_later_one_are_left_to_the_task() {
        submitWithOneComment();
        assertThat(comment("now", MetaKeys.EXPECTED_VERSION, 1L).isExceptional())
                .isFalse();
        assertThat(problem(comment("too early", MetaKeys.EXPECTED_VERSION, 9L)).extras())
                .containsEntry("unseenEvents", List.of());
    }

    @Test
    void who_has_missed_many_events_is_told_the_last_twenty() {
        submitWithOneComment();
        for (long version = 1; version < 30; version++) {
            comment("again", MetaKeys.EXPECTED_VERSION, version);
        }
        var unseen = (List<?>)
                problem(comment("late", MetaKeys.EXPECTED_VERSION, 0L)).extras().get("unseenEvents");
        assertThat(unseen.stream()
                        .<Object>map(event -> ((Map<?, ?>) event).get("version"))
                        .toList())
                .isEqualTo(LongStream.rangeClosed(11, 30).boxed().toList());
    }

    @Test
    void a_task_that_is_not_there_is_not_taken_for_an_old_one() {
        var answer = comment("nowhere", MetaKeys.EXPECTED_VERSION, 0L);
        assertThat(answer.exceptionResult()).isNotInstanceOf(Refusal.class);
    }

    private void submitWithOneComment() {
        domain.done(submit());
        domain.done(new CommentOnTask(T, "one"));
    }

    private CommandResultMessage<?> comment(String text, Object... meta) {
        return domain.send(new CommentOnTask(T, text), "ada", meta);
    }

    private static Problem problem(CommandResultMessage<?> result) {
        return ((Refusal) result.exceptionResult()).problem();
    }

    private static SubmitTask submit() {
        return new SubmitTask(T, "Title", null, null, null, null, null, null, null, null, null, null, null);
    }
}
