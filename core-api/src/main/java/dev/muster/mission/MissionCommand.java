package dev.muster.mission;

import dev.muster.message.Check;
import dev.muster.message.Description;
import dev.muster.message.Destructive;
import dev.muster.message.Json;
import dev.muster.message.RequiresRole;
import dev.muster.message.Role;
import dev.muster.task.TaskCommand;
import dev.muster.task.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What can be asked of a mission. */
public sealed interface MissionCommand {

    int MAX_STEPS = 1_000;
    int MAX_TITLE = 200;
    int MAX_REASON = 2_000;

    MissionId missionId();

    /** Plans a mission; nothing begins yet. The plan is refused with every fault that it has. */
    @Description("Plan a mission: steps that become tasks once what they depend on is completed")
    record PlanMission(
            @Description("The identifier it is to have; made by the server if left out") @TargetAggregateIdentifier
            MissionId missionId,

            @Description("What it is for, in a line") String title,

            @Description("Its steps, in any order; together they have no circle")
            List<Step> steps,

            @Description("What it may use; without it there is no bound") @Nullable
            Budget budget,

            @Description("When it is stopped if it has not ended by then") @Nullable
            Instant deadline)
            implements MissionCommand {
        public PlanMission {
            Check.text("title", title, MAX_TITLE);
            Check.required("steps", steps);
            steps = Check.list("steps", steps, MAX_STEPS);
        }
    }

    /** Begins with the steps that depend on nothing. */
    @Description("Begin a planned mission, with the steps that depend on nothing")
    record StartMission(@TargetAggregateIdentifier MissionId missionId) implements MissionCommand {}

    /** Adds, changes and drops steps that have not started. */
    @Description("Change a plan, also while the mission runs: add, change and drop steps that have not started")
    record RevisePlan(
            @TargetAggregateIdentifier MissionId missionId,

            @Description("Steps to be added, and steps as they are to be from now on") @Nullable
            List<Step> steps,

            @Description("Steps to be dropped") @Nullable Set<String> drop,

            @Description("Why, in your words") @Nullable String reason)
            implements MissionCommand {
        public RevisePlan {
            steps = Check.list("steps", steps, MAX_STEPS);
            drop = Check.names("drop", drop, MAX_STEPS, Step.MAX_ID);
            Check.optionalText("reason", reason, MAX_REASON);
        }
    }

    /** Stops a mission that is wanted no more: what runs is canceled, and what was completed is undone. */
    @Destructive
    @Description("Stop a mission that is wanted no more; who planned it or an operator may")
    record CancelMission(
            @TargetAggregateIdentifier MissionId missionId,
            @Description("Why, in your words") @Nullable String reason) implements MissionCommand {
        public CancelMission {
            Check.optionalText("reason", reason, MAX_REASON);
        }
    }

    /** Stops a mission that has not ended by its deadline. */
    @RequiresRole(Role.SYSTEM)
    @Description("Stop a mission that has not ended by its deadline")
    record ExpireMission(@TargetAggregateIdentifier MissionId missionId) implements MissionCommand {}

    /** What the end of a task says: what the last attempt has used, by the token of its assignment. */
    sealed interface OfTask extends MissionCommand {
        String stepId();

        /** 0 where the task was never assigned. */
        long fencingToken();

        /** The total of the attempt of that token. */
        Usage usage();
    }

    /** A step's task was completed. */
    @RequiresRole(Role.SYSTEM)
    @Description("Take note that a step's task was completed")
    record RecordStepCompleted(
            @TargetAggregateIdentifier MissionId missionId,
            String stepId,
            @Nullable JsonNode result,
            long fencingToken,
            Usage usage)
            implements OfTask {
        public RecordStepCompleted {
            result = Json.check("result", result);
        }
    }

    /** A step's task failed for good, was rejected, canceled by hand, or could not be submitted. */
    @RequiresRole(Role.SYSTEM)
    @Description("Take note that a step's task has failed")
    record RecordStepFailed(
            @TargetAggregateIdentifier MissionId missionId, String stepId, String error, long fencingToken, Usage usage)
            implements OfTask {
        public RecordStepFailed {
            Check.text("error", error, TaskCommand.MAX_TEXT);
        }
    }

    /**
     * A task of the mission has used something. What an attempt has used is told as its running total, so that it counts
     * once however often it is told.
     *
     * @param undo whether it is the task that undoes the step
     */
    @RequiresRole(Role.SYSTEM)
    @Description("Take note of what a task of the mission has used")
    record RecordUsage(
            @TargetAggregateIdentifier MissionId missionId, String stepId, boolean undo, long fencingToken, Usage usage)
            implements OfTask {}

    /** The task that undoes a step was completed. */
    @RequiresRole(Role.SYSTEM)
    @Description("Take note that a step was undone")
    record RecordCompensated(
            @TargetAggregateIdentifier MissionId missionId, String stepId, long fencingToken, Usage usage)
            implements OfTask {}

    /** The task that undoes a step has failed. */
    @RequiresRole(Role.SYSTEM)
    @Description("Take note that a step could not be undone")
    record RecordCompensationFailed(
            @TargetAggregateIdentifier MissionId missionId, String stepId, String error, long fencingToken, Usage usage)
            implements OfTask {
        public RecordCompensationFailed {
            Check.text("error", error, TaskCommand.MAX_TEXT);
        }
    }
}
