package dev.muster.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.agent.AgentCommand.RegisterAgent;
import dev.muster.agent.AgentId;
import dev.muster.message.MetaKeys;
import dev.muster.task.TaskCommand.*;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An index that was restored knows and answers what the one knew that it was made of. */
class TaskIndexCheckpointTest {

    private static final AgentId ADA = AgentId.of("ada");

    private final TaskDomain domain = new TaskDomain();

    @AfterEach
    void close() {
        domain.close();
    }

    @Test
    void wherever_a_checkpoint_was_made_the_rest_of_the_log_leads_to_the_same() {
        var log = history();
        for (int made = 0; made <= log.size(); made++) {
            var before = domain.index();
            before.accept(log.subList(0, made));
            var restored = domain.index();
            restored.restore(before.checkpoint());
            restored.accept(log);
            assertThat(known(restored))
                    .as("made after %d events", made)
                    .usingRecursiveComparison()
                    .isEqualTo(known(domain.index));
        }
    }

    @Test
    void a_restored_index_offers_what_is_ready_and_remembers_the_keys() throws Exception {
        history();
        var restored = domain.index();
        restored.restore(domain.index.checkpoint());
        restored.caughtUp();
        assertThat(restored.lend(new ClaimNextTask(ADA, null, Set.of("urgent"), null), Set.of(), 0))
                .contains(TaskId.of("labeled"));
        assertThat(restored.lend(new ClaimNextTask(ADA, null, null, TaskId.of("first")), Set.of(), 0))
                .as("declined, and so not offered again")
                .isEmpty();
        assertThat(restored.claimed(ADA, "k").orElseThrow().assignment().taskId())
                .isEqualTo(TaskId.of("first"));
        assertThat(restored.wayOfBlockers(TaskId.of("blocked"), TaskId.of("labeled")))
                .isPresent();
    }

    @Test
    void what_was_stored_is_read_as_it_was() throws Exception {
        history();
        domain.done(new CancelTask(TaskId.of("resting"), null));
        var made = domain.index.checkpoint();
        assertThat(made.ended().stream().mapToInt(part -> part.length)).contains(16);

        var bytes = new ByteArrayOutputStream();
        made.writeTo(new DataOutputStream(bytes));
        var read = TaskIndexCheckpoint.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(read).usingRecursiveComparison().isEqualTo(made);
    }

    @Test
    void lengths_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> TaskIndexCheckpoint.readFrom(ofInts(-1))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> TaskIndexCheckpoint.readFrom(ofInts(Integer.MAX_VALUE, 1)))
                .isInstanceOf(EOFException.class);
    }

    private static DataInputStream ofInts(int... ints) {
        var bytes = ByteBuffer.allocate(ints.length * Integer.BYTES);
        bytes.asIntBuffer().put(ints);
        return new DataInputStream(new ByteArrayInputStream(bytes.array()));
    }

    /** Every kind of thing that the index keeps, in the order in which it happened. */
    private List<DomainEventMessage<?>> history() {
        domain.done(new RegisterAgent(ADA, null, Set.of("java"), null));
        submit("first", null, null);
        var claim = new ClaimNextTask(ADA, null, null, null);
        assertThat(domain.send(claim, "ada", MetaKeys.IDEMPOTENCY_KEY, "k").getPayload())
                .isInstanceOf(Assignment.class);
        submit("child", TaskId.of("first"), null);
        domain.done(new AssignTask(TaskId.of("child"), ADA));
        domain.done(new DeclineTask(TaskId.of("child"), ADA, 1, null));
        submit("labeled", null, null);
        domain.done(new LabelTask(TaskId.of("labeled"), Set.of("urgent"), null));
        submit("blocked", null, List.of(new Blocker(TaskId.of("labeled"), null)));
        submit("resting", null, null);
        domain.done(new ClaimTask(TaskId.of("resting"), ADA));
        domain.done(new FailTask(TaskId.of("resting"), ADA, 1, "it failed", true, null));
        var log = new ArrayList<DomainEventMessage<?>>();
        for (var entity : List.of("agent/ada", "task/first", "task/child", "task/labeled", "task/blocked")) {
            log.addAll(domain.events(entity));
        }
        log.addAll(domain.events("task/resting"));
        log.sort(Comparator.comparing(DomainEventMessage::getTimestamp));
        return log;
    }

    private void submit(String id, TaskId parent, List<Blocker> blockers) {
        domain.clock.advance(Duration.ofSeconds(1));
        domain.done(new SubmitTask(
                TaskId.of(id), "Title", null, null, null, null, parent, blockers, null, null, null, null, null));
    }

    /** Whatever the order in which it came to know it. */
    private static TaskIndexCheckpoint.Kept known(TaskIndex index) {
        var kept = index.checkpoint().read();
        var tasks = new ArrayList<>(kept.tasks());
        tasks.sort(Comparator.comparing(task -> task.id.value()));
        return new TaskIndexCheckpoint.Kept(tasks, kept.capabilities(), kept.sequences(), kept.claims());
    }
}
