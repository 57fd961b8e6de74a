package dev.muster.app;

import dev.muster.mission.MissionEvent;
import dev.muster.mission.MissionEvent.StepCompleted;
import dev.muster.mission.MissionEvent.StepFailed;
import dev.muster.mission.MissionEvent.UsageCharged;
import dev.muster.mission.MissionRow;
import dev.muster.mission.MissionState;
import dev.muster.mission.MissionTaskRow;
import dev.muster.mission.WorkView;
import dev.muster.task.TaskId;
import dev.muster.view.Selection;
import dev.muster.view.ViewProgress;
import dev.muster.view.ViewStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.stereotype.Component;

/**
 * What missions cost and where they wait, in meters. They count what this process has appended, as it happens, and not what
 * is folded again: a replay of the views would count it once more.
 */
@Component
class MissionMeters {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final MeterRegistry meters;
    private final ViewProgress progress;
    private final ViewStore<MissionTaskRow> tasks;

    private final ExecutorService worker = Executors.newSingleThreadExecutor(work -> {
        var thread = new Thread(work, "muster-mission-meters");
        thread.setDaemon(true);
        return thread;
    });

    MissionMeters(
            MeterRegistry meters,
            EventStore events,
            ViewProgress progress,
            ViewStore<MissionRow> missions,
            ViewStore<MissionTaskRow> tasks) {
        this.meters = meters;
        this.progress = progress;
        this.tasks = tasks;
        for (var state : MissionState.values()) {
            var inState = Selection.all().where("state", state.toString());
            Gauge.builder("muster.missions", missions, store -> store.count(inState))
                    .tag("state", state.toString())
                    .description("Missions, by their state")
                    .register(meters);
        }
        events.subscribe(this::appended);
    }

    private void appended(List<? extends EventMessage<?>> events) {
        if (!isAnyOfMission(events)) {
            return;
        }
        if (CurrentUnitOfWork.isStarted()) {
            var durable = List.copyOf(events);
            CurrentUnitOfWork.get().root().afterCommit(unitOfWork -> durable.forEach(this::count));
        } else {
            events.forEach(this::count);
        }
    }

    private static boolean isAnyOfMission(List<? extends EventMessage<?>> events) {
        for (var event : events) {
            if (MissionEvent.class.isAssignableFrom(event.getPayloadType())) {
                return true;
            }
        }
        return false;
    }

    private void count(EventMessage<?> event) {
        if (event.getPayload() instanceof UsageCharged usage) {
            var charged = usage.charged();
            meters.counter("muster.mission.tokens", "direction", "input").increment(charged.inputTokens());
            meters.counter("muster.mission.tokens", "direction", "output").increment(charged.outputTokens());
            meters.counter("muster.mission.cost.micros").increment(charged.costMicros());
        } else if (event.getPayload() instanceof StepCompleted step) {
            ended("completed", step.taskId(), event);
        } else if (event.getPayload() instanceof StepFailed step) {
            ended("failed", step.taskId(), event);
        }
    }

    private void ended(String outcome, TaskId task, EventMessage<?> event) {
        meters.counter("muster.mission.steps", "outcome", outcome).increment();
        try {
            worker.execute(() -> time(task, (DomainEventMessage<?>) event));
        } catch (RejectedExecutionException e) {
            // The process ends, and its meters with it.
        }
    }

    /** Where the time of a step went is known to the view once it has folded its end. */
    private void time(TaskId task, DomainEventMessage<?> event) {
        try {
            var end = ViewProgress.nameOf(event.getAggregateIdentifier(), event.getSequenceNumber());
            if (progress.await(end, PATIENCE)) {
                tasks.get(task.value()).map(MissionTaskRow::work).ifPresent(this::time);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void time(WorkView work) {
        meters.timer("muster.mission.step.time", "spent", "waiting").record(work.waiting());
        meters.timer("muster.mission.step.time", "spent", "working").record(work.working());
        meters.timer("muster.mission.step.time", "spent", "resting").record(work.resting());
    }

    /** Not interrupted: it may be reading the database of the views. */
    @PreDestroy
    void close() {
        worker.shutdown();
    }
}
