package dev.muster.mission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.message.Cause;
import dev.muster.message.MetaKeys;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.mission.MissionCommand.RecordCompensationFailed;
import dev.muster.mission.MissionCommand.RecordStepFailed;
import dev.muster.mission.MissionCommand.RecordUsage;
import dev.muster.task.TaskCommand.SubmitTask;
import dev.muster.task.TaskId;
import dev.muster.task.Usage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.ReflectionUtils;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.repository.inmemory.InMemorySagaStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is owed is sent once it is durable and wanted, in order, and again until it is answered. */
class MissionCarrierTest {

    private static final MissionId MISSION = MissionId.of("m");

    private final BlockingQueue<CommandMessage<?>> handled = new LinkedBlockingQueue<>();
    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private final SimpleCommandBus bus = SimpleCommandBus.builder().build();
    private final InMemorySagaStore sagas = new InMemorySagaStore();
    private final MissionCarrier carrier = new MissionCarrier(bus, sagas, 2);

    @BeforeEach
    void subscribe() {
        for (var command :
                List.of(RecordUsage.class, SubmitTask.class, RecordStepFailed.class, RecordCompensationFailed.class)) {
            bus.subscribe(command.getName(), message -> {
                synchronized (failures) {
                    if (!failures.isEmpty()) {
                        throw failures.remove();
                    }
                }
                handled.add(message);
                return null;
            });
        }
    }

    @AfterEach
    void close() {
        carrier.close();
    }

    private static Owed usage(int number) {
        return owed(new RecordUsage(MISSION, "a", false, 1, new Usage(number, 0, 0)), "key " + number);
    }

    private static Owed owed(Object command, String key) {
        return new Owed(key, command, new Cause("event", "undertaking"), "kim");
    }

    private static Owed submit(TaskId task) {
        return owed(
                new SubmitTask(task, "Do it", null, null, null, null, null, null, null, null, null, MISSION, "a"),
                "submit");
    }

    private CommandMessage<?> next() throws InterruptedException {
        var next = handled.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private static Refusal refusal(String code, int status) {
        return new Refusal(new Problem(code, "t", status, "d"));
    }

    @Test
    void it_is_sent_by_the_system_with_its_key_its_cause_and_for_whom() throws Exception {
        carrier.caughtUp();
        carrier.send(MISSION, usage(1));
        assertThat(next().getMetaData())
                .containsEntry(MetaKeys.ACTOR, "system:mission")
                .containsEntry(MetaKeys.TRUSTED, true)
                .containsEntry(MetaKeys.IDEMPOTENCY_KEY, "key 1")
                .containsEntry(MetaKeys.CAUSATION_ID, "event")
                .containsEntry(MetaKeys.CORRELATION_ID, "undertaking")
                .containsEntry(MetaKeys.ON_BEHALF_OF, "kim");
    }

    @Test
    void what_is_owed_by_one_mission_is_sent_in_order() throws Exception {
        carrier.caughtUp();
        for (int i = 0; i < 50; i++) {
            carrier.send(MISSION, usage(i));
        }
        var keys = new ArrayList<Object>();
        for (int i = 0; i < 50; i++) {
            keys.add(next().getMetaData().get(MetaKeys.IDEMPOTENCY_KEY));
        }
        assertThat(keys).startsWith("key 0", "key 1", "key 2").endsWith("key 49");
    }

    /** A mission that was stopped as soon as it had started: its task is submitted, and only then canceled. */
    @Test
    void what_was_noted_in_one_batch_is_sent_in_order() throws Exception {
        carrier.caughtUp();
        var unitOfWork = DefaultUnitOfWork.startAndGet(new GenericCommandMessage<>("anything"));
        carrier.send(MISSION, usage(1));
        carrier.send(MISSION, usage(2));
        carrier.send(MISSION, usage(3));
        unitOfWork.commit();
        assertThat(next().getPayload()).isEqualTo(usage(1).command());
        assertThat(next().getPayload()).isEqualTo(usage(2).command());
        assertThat(next().getPayload()).isEqualTo(usage(3).command());
    }

    @Test
    void nothing_is_sent_before_what_the_saga_noted_is_durable() throws Exception {
        carrier.caughtUp();
        var unitOfWork = DefaultUnitOfWork.startAndGet(new GenericCommandMessage<>("anything"));
        carrier.send(MISSION, usage(1));
        assertThat(handled.poll(50, TimeUnit.MILLISECONDS)).isNull();
        unitOfWork.commit();
        assertThat(next().getPayload()).isEqualTo(usage(1).command());
    }

    @Test
    void nothing_is_sent_of_what_the_saga_noted_in_vain() throws Exception {
        carrier.caughtUp();
        var unitOfWork = DefaultUnitOfWork.startAndGet(new GenericCommandMessage<>("anything"));
        carrier.send(MISSION, usage(1));
        unitOfWork.rollback();
        carrier.send(MISSION, usage(2));
        assertThat(next().getPayload()).isEqualTo(usage(2).command());
    }

    @Test
    void it_is_mute_until_the_sagas_have_caught_up_and_then_sends_what_is_left() throws Exception {
        var saga = new MissionSaga();
        ReflectionUtils.setFieldValue(MissionSaga.class.getDeclaredField("missionId"), saga, MISSION);
        @SuppressWarnings("unchecked")
        var owed = (Map<String, Owed>) ReflectionUtils.getFieldValue(MissionSaga.class.getDeclaredField("owed"), saga);
        carrier.send(MISSION, usage(1));
        owed.put("usage", usage(2));
        sagas.insertSaga(MissionSaga.class, "saga", saga, Set.of(new AssociationValue(MissionSaga.OPEN, "yes")));
        carrier.caughtUp();
        assertThat(next().getPayload()).isEqualTo(usage(2).command());
        assertThat(handled.poll(50, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void what_could_not_be_handled_is_sent_again() throws Exception {
        carrier.caughtUp();
        failures.add(new IllegalStateException("the log is away"));
        failures.add(refusal("index-catching-up", 503));
        failures.add(refusal("mission-deadline-not-over", 409));
        carrier.send(MISSION, usage(1));
        assertThat(next().getPayload()).isEqualTo(usage(1).command());
    }

    @Test
    void what_no_longer_fits_is_left_and_what_comes_after_it_is_sent() throws Exception {
        carrier.caughtUp();
        failures.add(refusal("mission-wrong-state", 409));
        carrier.send(MISSION, usage(1));
        carrier.send(MISSION, usage(2));
        assertThat(next().getPayload()).isEqualTo(usage(2).command());
    }

    @Test
    void a_step_that_can_not_become_a_task_has_failed() throws Exception {
        carrier.caughtUp();
        failures.add(refusal("task-exists", 409));
        carrier.send(MISSION, submit(Work.taskOf(MISSION, "a")));
        assertThat(next().getPayload()).isEqualTo(new RecordStepFailed(MISSION, "a", "task-exists: d", 0, Usage.NONE));
    }

    @Test
    void so_has_what_undoes_a_step() throws Exception {
        carrier.caughtUp();
        failures.add(refusal("task-exists", 409));
        carrier.send(MISSION, submit(Work.undoOf(MISSION, "a")));
        assertThat(next().getPayload())
                .isEqualTo(new RecordCompensationFailed(MISSION, "a", "task-exists: d", 0, Usage.NONE));
    }
}
