package dev.muster.mission;

import static dev.muster.mission.MissionFixture.MISSION;
import static dev.muster.mission.MissionFixture.step;
import static dev.muster.mission.MissionFixture.tokens;
import static dev.muster.mission.MissionState.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.message.MessageNames;
import dev.muster.mission.MissionCommand.*;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command in every state: what is allowed brings the events that the table of states says, the rest is refused. */
class MissionStatesTest {

    private static final PlanMission PLAN = new PlanMission(MISSION, "Again", List.of(step("x")), null, null);

    /** One command of each kind, as it fits the mission of the fixture. */
    private static final List<MissionCommand> COMMANDS = List.of(
            PLAN,
            new StartMission(MISSION),
            new RevisePlan(MISSION, List.of(step("c")), null, "more to do"),
            new CancelMission(MISSION, "enough"),
            new ExpireMission(MISSION),
            new RecordStepCompleted(MISSION, "a", null, 1, tokens(0)),
            new RecordStepFailed(MISSION, "a", "it broke", 1, tokens(0)),
            new RecordUsage(MISSION, "a", false, 1, tokens(5)),
            new RecordCompensated(MISSION, "a", 1, tokens(0)),
            new RecordCompensationFailed(MISSION, "a", "it broke", 1, tokens(0)));

    /** What comes of them, by state; what is not here is refused. */
    private static final Map<MissionState, Map<Class<?>, List<String>>> TABLE = Map.of(
            PLANNED,
            Map.of(
                    StartMission.class, List.of("MissionStarted", "StepStarted"),
                    RevisePlan.class, List.of("PlanRevised"),
                    CancelMission.class, List.of("MissionCanceled")),
            RUNNING,
            Map.of(
                    RevisePlan.class, List.of("PlanRevised", "StepStarted"),
                    CancelMission.class, List.of("MissionStopped"),
                    ExpireMission.class, List.of("MissionStopped"),
                    RecordStepCompleted.class, List.of("StepCompleted", "StepStarted"),
                    RecordStepFailed.class, List.of("StepFailed", "MissionStopped", "MissionFailed"),
                    RecordUsage.class, List.of("UsageCharged")),
            STOPPING,
            Map.of(
                    RecordStepCompleted.class, List.of("StepCompleted", "CompensationStarted"),
                    RecordStepFailed.class, List.of("StepFailed", "MissionCanceled"),
                    RecordUsage.class, List.of("UsageCharged")),
            COMPENSATING,
            Map.of(
                    RecordStepCompleted.class, List.of(),
                    RecordStepFailed.class, List.of(),
                    RecordUsage.class, List.of("UsageCharged"),
                    RecordCompensated.class, List.of("StepCompensated", "MissionFailed"),
                    RecordCompensationFailed.class, List.of("CompensationFailed", "MissionFailed")),
            COMPLETED,
            afterTheEnd(),
            FAILED,
            afterTheEnd(),
            CANCELED,
            afterTheEnd());

    /** What is told late is charged, and changes nothing else. */
    private static Map<Class<?>, List<String>> afterTheEnd() {
        return Map.of(
                RecordStepCompleted.class, List.of(),
                RecordStepFailed.class, List.of(),
                RecordUsage.class, List.of("UsageCharged"),
                RecordCompensated.class, List.of(),
                RecordCompensationFailed.class, List.of());
    }

    static Stream<Arguments> everything() {
        var all = new ArrayList<Arguments>();
        for (var state : MissionState.values()) {
            COMMANDS.forEach(command -> all.add(Arguments.of(state, command)));
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("everything")
    void every_command_in_every_state(MissionState state, MissionCommand command) {
        var outcome = new MissionFixture().given(MissionFixture.in(state)).when(command);
        var expected = TABLE.get(state).get(command.getClass());
        if (command == PLAN) {
            var problem = outcome.refused("mission-exists");
            assertThat(problem.status()).isEqualTo(409);
            assertThat(problem.extras())
                    .as("the fixture is in the state that it says")
                    .containsEntry("state", state.toString());
        } else if (expected == null) {
            var problem = outcome.refused("mission-wrong-state");
            assertThat(problem.status()).isEqualTo(409);
            assertThat(problem.extras()).containsEntry("state", state.toString());
            assertThat(problem.detail()).contains(command.getClass().getSimpleName());
        } else {
            assertThat(outcome.events()).isEqualTo(expected);
        }
    }

    @Test
    void every_command_is_walked_here() {
        assertThat(COMMANDS.stream().map(Object::getClass))
                .containsExactlyInAnyOrderElementsOf(MessageNames.below(MissionCommand.class));
    }
}
