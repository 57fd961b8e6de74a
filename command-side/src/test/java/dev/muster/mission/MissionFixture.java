package dev.muster.mission;

import dev.muster.message.MetaKeys;
import dev.muster.mission.MissionEvent.*;
import dev.muster.task.MutableClock;
import dev.muster.task.Outcome;
import dev.muster.task.Retry;
import dev.muster.task.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** One mission under test, planned by {@code kim}. */
final class MissionFixture {

    static final MissionId MISSION = MissionId.of("m");
    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    static final String PLANNER = "kim";

    final MutableClock clock = new MutableClock(NOW);
    private final AggregateTestFixture<Mission> fixture = new AggregateTestFixture<>(Mission.class);
    private final List<MissionEvent> history = new ArrayList<>();

    MissionFixture() {
        fixture.registerInjectableResource(clock);
    }

    MissionFixture given(MissionEvent... events) {
        history.addAll(List.of(events));
        return this;
    }

    MissionFixture given(List<? extends MissionEvent> events) {
        history.addAll(events);
        return this;
    }

    Outcome<Mission> when(Object command) {
        return when(command, "anonymous");
    }

    Outcome<Mission> when(Object command, String actor) {
        var executor = history.isEmpty() ? fixture.givenNoPriorActivity() : fixture.given(history);
        return new Outcome<>(executor.when(command, Map.of(MetaKeys.ACTOR, actor)));
    }

    // ---- plans

    static Step step(String id, String... dependsOn) {
        return new Step(id, "Do " + id, null, Set.of(dependsOn), null, null, null, null, null);
    }

    static Step undoable(String id, String... dependsOn) {
        var undo = new Compensation("Undo " + id, null, null, null, null);
        return new Step(id, "Do " + id, null, Set.of(dependsOn), null, null, null, null, undo);
    }

    static Step taking(String id, Map<String, String> takes, String... dependsOn) {
        return new Step(id, "Do " + id, null, Set.of(dependsOn), null, null, takes, null, null);
    }

    // ---- what has happened

    static MissionPlanned planned(Step... steps) {
        return planned(null, null, steps);
    }

    static MissionPlanned planned(@Nullable Budget budget, @Nullable Instant deadline, Step... steps) {
        return new MissionPlanned(MISSION, "A mission", List.of(steps), budget, deadline, PLANNER);
    }

    static MissionStarted started() {
        return new MissionStarted(MISSION, null);
    }

    static StepStarted began(String step) {
        return began(step, object());
    }

    static StepStarted began(String step, JsonNode input) {
        return new StepStarted(
                MISSION,
                step,
                new Work(Work.taskOf(MISSION, step), "Do " + step, null, Set.of(), input, Retry.DEFAULT),
                PLANNER);
    }

    static StepCompleted completed(String step) {
        return completed(step, null);
    }

    static StepCompleted completed(String step, @Nullable JsonNode result) {
        return new StepCompleted(MISSION, step, Work.taskOf(MISSION, step), result);
    }

    static StepFailed failed(String step) {
        return new StepFailed(MISSION, step, Work.taskOf(MISSION, step), "it broke");
    }

    static MissionStopped stopped(StopReason reason) {
        return stopped(reason, "it was enough");
    }

    static MissionStopped stopped(StopReason reason, String detail) {
        return new MissionStopped(MISSION, reason, detail);
    }

    static CompensationStarted undoing(String step) {
        return undoing(step, object());
    }

    static CompensationStarted undoing(String step, JsonNode input) {
        return new CompensationStarted(
                MISSION,
                step,
                new Work(Work.undoOf(MISSION, step), "Undo " + step, null, Set.of(), input, Retry.DEFAULT),
                PLANNER);
    }

    static StepCompensated undone(String step) {
        return new StepCompensated(MISSION, step, Work.undoOf(MISSION, step));
    }

    static UsageCharged charged(String step, long token, Usage total, Usage added, Usage spent) {
        return new UsageCharged(MISSION, step, false, token, total, added, spent);
    }

    static Usage tokens(long tokens) {
        return new Usage(tokens, 0, 0);
    }

    static JsonNode object(String... pairs) {
        var object = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < pairs.length; i += 2) {
            object.put(pairs[i], pairs[i + 1]);
        }
        return object;
    }

    static JsonNode results(String... pairs) {
        var input = JsonNodeFactory.instance.objectNode();
        input.set("results", object(pairs));
        return input;
    }

    /** The shortest way to that state, of a mission whose steps are {@code a} and {@code b}, which depends on it. */
    static List<MissionEvent> in(MissionState state) {
        var events = new ArrayList<MissionEvent>();
        events.add(planned(null, NOW.minusSeconds(1), undoable("a"), step("b", "a")));
        if (state == MissionState.PLANNED) {
            return events;
        }
        events.addAll(List.of(new MissionStarted(MISSION, NOW.minusSeconds(1)), began("a")));
        events.addAll(
                switch (state) {
                    case STOPPING -> List.of(stopped(StopReason.CANCELED));
                    case COMPENSATING ->
                        List.of(completed("a"), began("b"), failed("b"), stopped(StopReason.STEP_FAILED), undoing("a"));
                    case COMPLETED ->
                        List.of(completed("a"), began("b"), completed("b"), new MissionCompleted(MISSION));
                    case FAILED ->
                        List.of(
                                failed("a"),
                                stopped(StopReason.STEP_FAILED),
                                new MissionFailed(MISSION, StopReason.STEP_FAILED, "it was enough", Set.of()));
                    case CANCELED ->
                        List.of(
                                stopped(StopReason.CANCELED),
                                failed("a"),
                                new MissionCanceled(MISSION, "it was enough", Set.of()));
                    default -> List.of();
                });
        return events;
    }
}
