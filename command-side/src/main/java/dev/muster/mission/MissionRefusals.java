package dev.muster.mission;

import dev.muster.message.Actor;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why something asked of a mission is refused: each says what is wrong with which mission, and what to do. */
final class MissionRefusals {

    private MissionRefusals() {}

    static Refusal exists(MissionId mission, MissionState state) {
        return refusal(
                "mission-exists",
                "The mission exists already",
                409,
                "There is a mission " + mission.value()
                        + " already. Choose another identifier, or let the server choose one.",
                mission,
                Map.of("state", state.toString()));
    }

    static Refusal planInvalid(MissionId mission, List<String> faults) {
        return refusal(
                "plan-invalid",
                "The plan can't be carried out",
                422,
                "The plan of mission " + mission.value() + " can't be carried out: " + String.join("; ", faults)
                        + ". Correct all of it and send it again.",
                mission,
                Map.of("faults", faults));
    }

    static Refusal wrongState(MissionId mission, MissionState state, MissionRule rule) {
        var allowed = rule.from().stream().map(MissionState::toString).sorted().collect(Collectors.joining(", "));
        return refusal(
                "mission-wrong-state",
                "The mission is in another state",
                409,
                rule.command().getSimpleName() + " needs a mission that is " + allowed + ", but " + mission.value()
                        + " is " + state + ".",
                mission,
                Map.of("state", state.toString()));
    }

    static Refusal notPlanner(MissionId mission, Actor actor, String planner) {
        return refusal(
                "mission-not-planner",
                "Only its planner or an operator cancels a mission",
                403,
                "The mission " + mission.value() + " was planned by " + planner + ", so " + actor
                        + " can't cancel it. Ask them, or an operator.",
                mission,
                Map.of("plannedBy", planner));
    }

    static Refusal deadlineNotOver(MissionId mission, @Nullable Instant deadline) {
        return refusal(
                "mission-deadline-not-over",
                "The deadline has not passed",
                409,
                "The mission " + mission.value()
                        + (deadline == null ? " has no deadline." : " has its deadline at " + deadline + "."),
                mission,
                Map.of());
    }

    static Refusal stepNotFound(MissionId mission, String step) {
        return refusal(
                "step-not-found",
                "The mission has no such step",
                404,
                "The mission " + mission.value() + " has no step " + step + ".",
                mission,
                Map.of("stepId", step));
    }

    private static Refusal refusal(
            String code, String title, int status, String detail, MissionId mission, Map<String, Object> more) {
        var extras = new HashMap<>(more);
        extras.put("missionId", mission.value());
        return new Refusal(new Problem(code, title, status, detail, extras));
    }
}
