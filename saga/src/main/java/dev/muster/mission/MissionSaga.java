package dev.muster.mission;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import dev.muster.message.Cause;
import dev.muster.mission.MissionCommand.ExpireMission;
import dev.muster.mission.MissionCommand.RecordCompensated;
import dev.muster.mission.MissionCommand.RecordCompensationFailed;
import dev.muster.mission.MissionCommand.RecordStepCompleted;
import dev.muster.mission.MissionCommand.RecordStepFailed;
import dev.muster.mission.MissionCommand.RecordUsage;
import dev.muster.mission.MissionEvent.*;
import dev.muster.task.TaskCommand.CancelTask;
import dev.muster.task.TaskCommand.SubmitTask;
import dev.muster.task.TaskEvent.*;
import dev.muster.task.TaskId;
import dev.muster.task.Usage;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.modelling.saga.EndSaga;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.spring.stereotype.Saga;
import org.jspecify.annotations.Nullable;

/**
 * Carries what a mission decides to its tasks, and what becomes of them back. It decides nothing: the mission does. What it
 * sends it owes, as a part of its state, until an event shows that it was done; so a saga that was made again from the log
 * knows what is left to be sent, and what is sent twice changes nothing.
 */
@Saga(sagaStore = "sagaStore")
@ProcessingGroup(MissionSaga.GROUP)
@JsonAutoDetect(creatorVisibility = JsonAutoDetect.Visibility.ANY)
public class MissionSaga {

    /** The processor that the sagas of missions run in. */
    public static final String GROUP = "missions";

    /** To be raised when a saga keeps something else: those of other revisions are made again from the log. */
    public static final int REVISION = 1;

    /** Every saga that has not ended is found by it. */
    static final String OPEN = "open";

    private static final String DEADLINE = "mission-deadline";
    private static final String TASK = "taskId";

    private @Nullable MissionId missionId;
    private @Nullable Cause startedBy;

    /** By the identifiers of the tasks. */
    private Map<String, RunningTask> running = new LinkedHashMap<>();

    /** By what it is for: {@code submit m/a}. In the order in which it is to be sent. */
    private Map<String, Owed> owed = new LinkedHashMap<>();

    Collection<Owed> owed() {
        return List.copyOf(owed.values());
    }

    MissionId missionId() {
        return Objects.requireNonNull(missionId);
    }

    // ---- what the mission decides

    @StartSaga
    @SagaEventHandler(associationProperty = "missionId")
    void on(MissionStarted event, EventMessage<?> message, DeadlineManager deadlines) {
        missionId = event.missionId();
        startedBy = Cause.of(message);
        SagaLifecycle.associateWith(OPEN, "yes");
        if (event.deadline() != null) {
            deadlines.schedule(event.deadline(), DEADLINE);
        }
    }

    @SagaEventHandler(associationProperty = "missionId")
    void on(StepStarted event, EventMessage<?> message, Outbox outbox) {
        begin(event.stepId(), false, event.work(), event.plannedBy(), message, outbox);
    }

    @SagaEventHandler(associationProperty = "missionId")
    void on(CompensationStarted event, EventMessage<?> message, Outbox outbox) {
        begin(event.stepId(), true, event.work(), event.plannedBy(), message, outbox);
    }

    private void begin(
            String stepId, boolean undo, Work work, String plannedBy, EventMessage<?> message, Outbox outbox) {
        running.put(work.taskId().value(), RunningTask.begun(stepId, undo));
        SagaLifecycle.associateWith(TASK, work.taskId().toString());
        var submit = new SubmitTask(
                work.taskId(),
                work.title(),
                work.instruction(),
                null,
                work.capabilities(),
                null,
                null,
                null,
                work.input(),
                work.retry(),
                null,
                missionId(),
                stepId);
        owe("submit " + work.taskId().value(), submit, Cause.of(message), plannedBy, outbox);
    }

    @SagaEventHandler(associationProperty = "missionId")
    void on(MissionStopped event, EventMessage<?> message, Outbox outbox) {
        settle("expire");
        running.forEach((task, state) -> {
            if (!state.undo()) {
                var cancel = new CancelTask(TaskId.of(task), "its mission was stopped: " + event.reason());
                owe("cancel " + task, cancel, Cause.of(message), null, outbox);
            }
        });
    }

    @DeadlineHandler(deadlineName = DEADLINE)
    void deadlineIsOver(DeadlineMessage<?> deadline, Outbox outbox) {
        owe("expire", new ExpireMission(missionId()), Objects.requireNonNull(startedBy), null, outbox);
    }

    // ---- what becomes of its tasks

    /** A task of that identifier that was not submitted for this step is somebody else's. */
    @SagaEventHandler(associationProperty = TASK)
    void on(TaskSubmitted event) {
        var task = running.get(event.taskId().value());
        if (task != null
                && missionId().equals(event.missionId())
                && task.stepId().equals(event.stepId())) {
            running.put(event.taskId().value(), task.onTheBoard());
            settle("submit " + event.taskId().value());
        }
    }

    @SagaEventHandler(associationProperty = TASK)
    void on(TaskAssigned event) {
        running.computeIfPresent(event.taskId().value(), (id, task) -> task.assigned(event.fencingToken()));
    }

    @SagaEventHandler(associationProperty = TASK)
    void on(ProgressReported event, EventMessage<?> message, Outbox outbox) {
        used(event.taskId(), event.usage(), message, outbox);
    }

    @SagaEventHandler(associationProperty = TASK)
    void on(AttemptFailed event, EventMessage<?> message, Outbox outbox) {
        used(event.taskId(), event.usage(), message, outbox);
    }

    private void used(TaskId id, Usage total, EventMessage<?> message, Outbox outbox) {
        var task = running.get(id.value());
        if (task != null && task.submitted() && !task.usage().equals(total)) {
            running.put(id.value(), task.having(total));
            var record = new RecordUsage(missionId(), task.stepId(), task.undo(), task.fencingToken(), total);
            owe("usage " + id.value(), record, Cause.of(message), null, outbox);
        }
    }

    @SagaEventHandler(associationProperty = TASK)
    void on(TaskCompleted event, EventMessage<?> message, Outbox outbox) {
        ended(
                event.taskId(),
                message,
                outbox,
                task -> task.undo()
                        ? new RecordCompensated(missionId(), task.stepId(), task.fencingToken(), event.usage())
                        : new RecordStepCompleted(
                                missionId(), task.stepId(), event.result(), task.fencingToken(), event.usage()));
    }

    @SagaEventHandler(associationProperty = TASK)
    void on(TaskFailed event, EventMessage<?> message, Outbox outbox) {
        ended(event.taskId(), message, outbox, task -> failed(task, event.error(), event.usage()));
    }

    @SagaEventHandler(associationProperty = TASK)
    void on(TaskRejected event, EventMessage<?> message, Outbox outbox) {
        var error = event.reason() == null ? "its task was rejected" : "its task was rejected: " + event.reason();
        ended(event.taskId(), message, outbox, task -> failed(task, error, task.usage()));
    }

    @SagaEventHandler(associationProperty = TASK)
    void on(TaskCanceled event, EventMessage<?> message, Outbox outbox) {
        var error = event.reason() == null ? "its task was canceled" : "its task was canceled: " + event.reason();
        ended(event.taskId(), message, outbox, task -> failed(task, error, task.usage()));
    }

    private MissionCommand failed(RunningTask task, String error, Usage usage) {
        return task.undo()
                ? new RecordCompensationFailed(missionId(), task.stepId(), error, task.fencingToken(), usage)
                : new RecordStepFailed(missionId(), task.stepId(), error, task.fencingToken(), usage);
    }

    private void ended(
            TaskId id, EventMessage<?> message, Outbox outbox, Function<RunningTask, MissionCommand> record) {
        var task = running.get(id.value());
        if (task != null && task.submitted()) {
            settle("cancel " + id.value());
            owe("end " + id.value(), record.apply(task), Cause.of(message), null, outbox);
        }
    }

    // ---- what the mission has taken note of

    @SagaEventHandler(associationProperty = "missionId")
    void on(UsageCharged event) {
        var id = task(event.stepId(), event.undo()).value();
        var usage = owed.get("usage " + id);
        if (usage != null
                && usage.command() instanceof RecordUsage told
                && told.fencingToken() <= event.fencingToken()
                && event.usage().covers(told.usage())) {
            settle("usage " + id);
        }
    }

    private TaskId task(String stepId, boolean undo) {
        return undo ? Work.undoOf(missionId(), stepId) : Work.taskOf(missionId(), stepId);
    }

    @SagaEventHandler(associationProperty = "missionId")
    void on(StepCompleted event) {
        over(event.taskId());
    }

    @SagaEventHandler(associationProperty = "missionId")
    void on(StepFailed event) {
        over(event.taskId());
    }

    @SagaEventHandler(associationProperty = "missionId")
    void on(StepCompensated event) {
        over(event.taskId());
    }

    @SagaEventHandler(associationProperty = "missionId")
    void on(CompensationFailed event) {
        over(event.taskId());
    }

    private void over(TaskId task) {
        if (running.remove(task.value()) != null) {
            SagaLifecycle.removeAssociationWith(TASK, task.toString());
        }
        for (var what : List.of("submit ", "usage ", "cancel ", "end ")) {
            settle(what + task.value());
        }
    }

    @EndSaga
    @SagaEventHandler(associationProperty = "missionId")
    void on(MissionCompleted event) {
        owed.clear();
    }

    @EndSaga
    @SagaEventHandler(associationProperty = "missionId")
    void on(MissionFailed event) {
        owed.clear();
    }

    @EndSaga
    @SagaEventHandler(associationProperty = "missionId")
    void on(MissionCanceled event) {
        owed.clear();
    }

    // ---- what it owes

    private void owe(String what, Object command, Cause cause, @Nullable String onBehalfOf, Outbox outbox) {
        var due = new Owed("mission " + what + " " + cause.eventId(), command, cause, onBehalfOf);
        owed.remove(what);
        owed.put(what, due);
        outbox.send(missionId(), due);
    }

    private void settle(String what) {
        owed.remove(what);
    }
}
