package dev.muster.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.AgentId;
import dev.muster.message.Cause;
import dev.muster.message.MetaKeys;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.task.TaskCommand.*;
import dev.muster.task.TaskQuery.*;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is due is seen to; what no longer fits is let be. */
class TaskSupervisorTest {

    private static final TaskId TASK = TaskId.of("t");
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final List<Due> due = new CopyOnWriteArrayList<>();
    private final List<BlockerCycles.Cycle> cycles = new CopyOnWriteArrayList<>();
    private final List<CommandMessage<?>> sent = new CopyOnWriteArrayList<>();
    private final SimpleQueryBus queries = SimpleQueryBus.builder().build();
    private final SimpleCommandBus commands = SimpleCommandBus.builder().build();
    private final CountDownLatch looked = new CountDownLatch(3);
    private volatile Instant now = NOW;
    private volatile boolean refusing;
    private TaskSupervisor supervisor;

    @BeforeEach
    void wire() {
        queries.<DueTasks>subscribe(FindDueTasks.class.getName(), DueTasks.class, query -> {
            looked.countDown();
            return new DueTasks(new ArrayList<>(due));
        });
        queries.<BlockerCycles>subscribe(
                FindBlockerCycles.class.getName(),
                BlockerCycles.class,
                query -> new BlockerCycles(new ArrayList<>(cycles)));
        for (var command : Set.of(
                ExpireLease.class,
                EndBackoff.class,
                ExpireTask.class,
                ClearBlocker.class,
                ReleaseTask.class,
                RemoveBlocker.class)) {
            commands.subscribe(command.getName(), message -> {
                sent.add(message);
                if (refusing) {
                    throw new Refusal(new Problem("task-wrong-state", "x", 409, "x"));
                }
                return null;
            });
        }
        supervisor = new TaskSupervisor(
                DefaultQueryGateway.builder().queryBus(queries).build(),
                commands,
                new Clock() {
                    @Override
                    public Instant instant() {
                        return now;
                    }

                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }
                },
                new TaskSupervisor.Settings(Duration.ofMillis(20), Duration.ofMillis(1), Duration.ofMinutes(5), 3));
    }

    @AfterEach
    void close() {
        supervisor.close();
    }

    private List<Object> payloads() {
        return sent.stream().<Object>map(CommandMessage::getPayload).toList();
    }

    @Test
    void each_kind_of_what_is_due_has_its_command() throws Exception {
        supervisor.look();
        now = NOW.plus(Duration.ofMinutes(5));
        due.addAll(List.of(
                new Due.Lease(TASK, 3, cause("e1")),
                new Due.Backoff(TASK, cause("e2")),
                new Due.Deadline(TASK, cause("e3")),
                new Due.BlockerMet(TASK, TaskId.of("b"), TaskState.COMPLETED, cause("e4")),
                new Due.HolderRetired(TASK, AgentId.of("ada"), 4, cause("e5"))));
        supervisor.look();
        assertThat(payloads())
                .containsExactly(
                        new ExpireLease(TASK, 3),
                        new EndBackoff(TASK),
                        new ExpireTask(TASK),
                        new ClearBlocker(TASK, TaskId.of("b"), TaskState.COMPLETED),
                        new ReleaseTask(TASK, AgentId.of("ada"), 4L, "agent ada has retired"));
        assertThat(sent.stream().map(message -> message.getMetaData().get(MetaKeys.CAUSATION_ID)))
                .containsExactly("e1", "e2", "e3", "e4", "e5");
        assertThat(sent).allSatisfy(message -> assertThat(message.getMetaData())
                .containsEntry(MetaKeys.ACTOR, "system:supervisor")
                .containsEntry(MetaKeys.TRUSTED, true));
    }

    @Test
    void no_lease_is_expired_until_one_lease_has_passed_since_the_start() throws Exception {
        due.add(new Due.Lease(TASK, 3, null));
        supervisor.look();
        now = NOW.plus(Duration.ofMinutes(5)).minusMillis(1);
        supervisor.look();
        assertThat(sent).isEmpty();
        now = NOW.plus(Duration.ofMinutes(5));
        supervisor.look();
        assertThat(sent).hasSize(1);
    }

    @Test
    void what_is_refused_does_not_keep_the_rest_from_being_done() throws Exception {
        refusing = true;
        due.addAll(List.of(new Due.Backoff(TASK, null), new Due.Deadline(TASK, null)));
        assertThat(supervisor.look()).isZero();
        assertThat(sent).hasSize(2);
    }

    @Test
    void as_much_as_is_seen_to_at_a_look_asks_for_another_one() throws Exception {
        due.addAll(List.of(new Due.Backoff(TASK, null), new Due.Deadline(TASK, null)));
        assertThat(supervisor.look()).isEqualTo(2);
        due.add(new Due.Backoff(TaskId.of("u"), null));
        assertThat(supervisor.look()).isEqualTo(3);
    }

    @Test
    void a_circle_is_broken_at_its_youngest_edge_and_says_so() throws Exception {
        var other = TaskId.of("u");
        cycles.add(new BlockerCycles.Cycle(List.of(TASK, other), other, TASK, cause("e9")));
        supervisor.lookForCircles();
        var command = (RemoveBlocker) sent.get(0).getPayload();
        assertThat(command.taskId()).isEqualTo(other);
        assertThat(command.blockerId()).isEqualTo(TASK);
        assertThat(command.reason()).contains("t -> u");
        assertThat(sent.get(0).getMetaData())
                .containsEntry(MetaKeys.CAUSATION_ID, "e9")
                .containsEntry(MetaKeys.CORRELATION_ID, "undertaking");
    }

    @Test
    void it_looks_again_and_again_by_itself() throws Exception {
        supervisor.start();
        assertThat(looked.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private static Cause cause(String event) {
        return new Cause(event, "undertaking");
    }
}
