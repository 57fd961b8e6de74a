package dev.muster.mission;

import dev.muster.task.Retry;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Makes the tasks that steps, and what undoes them, become. */
final class Works {

    private Works() {}

    /** @param results what came of a step that is completed */
    static Work of(MissionId mission, Step step, Function<String, @Nullable JsonNode> results) {
        var taken = step.takes() == null
                ? step.dependsOn().stream().collect(Collectors.toMap(id -> id, id -> id))
                : step.takes();
        return new Work(
                Work.taskOf(mission, step.stepId()),
                step.title(),
                step.instruction(),
                orNone(step.capabilities()),
                input(step.input(), taken, results),
                orDefault(step.retry()));
    }

    /** What undoes a step is handed the result of the step. */
    static Work undo(MissionId mission, Progress done) {
        var stepId = done.step().stepId();
        var compensation = Objects.requireNonNull(done.step().compensation());
        return new Work(
                Work.undoOf(mission, stepId),
                compensation.title(),
                compensation.instruction(),
                orNone(compensation.capabilities()),
                input(compensation.input(), Map.of(stepId, stepId), id -> done.result()),
                orDefault(compensation.retry()));
    }

    private static JsonNode input(
            @Nullable JsonNode own, Map<String, String> taken, Function<String, @Nullable JsonNode> results) {
        var input = JsonNodeFactory.instance.objectNode();
        if (own != null) {
            input.set("input", own);
        }
        var handed = JsonNodeFactory.instance.objectNode();
        taken.keySet().stream().sorted().forEach(name -> {
            var result = results.apply(taken.get(name));
            if (result != null) {
                handed.set(name, result);
            }
        });
        if (!handed.isEmpty()) {
            input.set("results", handed);
        }
        return input;
    }

    private static Set<String> orNone(@Nullable Set<String> capabilities) {
        return capabilities == null ? Set.of() : capabilities;
    }

    private static Retry orDefault(@Nullable Retry retry) {
        return retry == null ? Retry.DEFAULT : retry;
    }
}
