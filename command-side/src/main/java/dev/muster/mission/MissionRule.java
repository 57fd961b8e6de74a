package dev.muster.mission;

import static dev.muster.mission.MissionState.COMPENSATING;
import static dev.muster.mission.MissionState.PLANNED;
import static dev.muster.mission.MissionState.RUNNING;

import dev.muster.mission.MissionCommand.*;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * From which states a mission takes a command. What is told of a task may come late or twice, so it is taken wherever
 * something may still be charged; it changes nothing where the step is not where it would have to be.
 */
enum MissionRule {
    START(StartMission.class, EnumSet.of(PLANNED)),
    REVISE(RevisePlan.class, EnumSet.of(PLANNED, RUNNING)),
    CANCEL(CancelMission.class, EnumSet.of(PLANNED, RUNNING)),
    EXPIRE(ExpireMission.class, EnumSet.of(RUNNING)),
    RECORD_STEP_COMPLETED(RecordStepCompleted.class, begun()),
    RECORD_STEP_FAILED(RecordStepFailed.class, begun()),
    RECORD_USAGE(RecordUsage.class, begun()),
    RECORD_COMPENSATED(RecordCompensated.class, undoing()),
    RECORD_COMPENSATION_FAILED(RecordCompensationFailed.class, undoing());

    private static final Map<Class<?>, MissionRule> BY_COMMAND =
            Arrays.stream(values()).collect(Collectors.toMap(rule -> rule.command, Function.identity()));

    private final Class<? extends MissionCommand> command;
    private final Set<MissionState> from;

    MissionRule(Class<? extends MissionCommand> command, Set<MissionState> from) {
        this.command = command;
        this.from = from;
    }

    private static Set<MissionState> begun() {
        return EnumSet.complementOf(EnumSet.of(PLANNED));
    }

    private static Set<MissionState> undoing() {
        var states = EnumSet.copyOf(MissionState.ENDED);
        states.add(COMPENSATING);
        return states;
    }

    static MissionRule of(MissionCommand command) {
        return BY_COMMAND.get(command.getClass());
    }

    Class<? extends MissionCommand> command() {
        return command;
    }

    Set<MissionState> from() {
        return from;
    }
}
