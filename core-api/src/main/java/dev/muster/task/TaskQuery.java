package dev.muster.task;

import dev.muster.agent.AgentId;
import dev.muster.message.Cause;
import dev.muster.message.Check;
import dev.muster.message.Description;
import dev.muster.message.OfEntity;
import dev.muster.message.Page;
import dev.muster.message.RequiresRole;
import dev.muster.message.Role;
import dev.muster.mission.MissionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be asked about tasks. */
public sealed interface TaskQuery {

    @Description(
            "One task, with everything that is known about it: state, holder, instruction, input, result, what it waits for")
    record GetTask(@OfEntity TaskId taskId) implements TaskQuery {
        public GetTask {
            Check.required("taskId", taskId);
        }
    }

    /** The answer is a {@link Page} of {@link TaskSummary}, by priority, then age, then identifier. */
    @Description(
            "The tasks that fit, the most urgent and oldest first; to look around; to be given work, claim the next task")
    record FindTasks(
            @Description("Only those in this state") @Nullable
            TaskState state,

            @Description("Only those that may be claimed now, or only the others") @Nullable
            Boolean ready,

            @Description("Only those with a blocker that ended otherwise than was waited for, or only the others")
            @Nullable
            Boolean stalled,

            @Description("Only those that this agent holds, or held last") @Nullable
            AgentId agentId,

            @Description("Only those that need this capability") @Nullable
            String capability,

            @Description("Only those with this label") @Nullable
            String label,

            @Description("Only those that belong to this task") @Nullable
            TaskId parentId,

            @Description("Only those of this mission") @Nullable
            MissionId missionId,

            @Description("How many at most: 1 to 500, 50 if left out") @Nullable
            Integer limit,

            @Description("What the page before gave as next; the first page if left out") @Nullable
            String cursor)
            implements TaskQuery {
        public FindTasks {
            limit = Page.limit(limit);
        }
    }

    @Description("How many tasks fit, in all and by state")
    record CountTasks(
            @Description("Only those that may be claimed now, or only the others") @Nullable
            Boolean ready,

            @Description("Only those with a blocker that ended otherwise than was waited for, or only the others")
            @Nullable
            Boolean stalled,

            @Description("Only those that this agent holds, or held last") @Nullable
            AgentId agentId,

            @Description("Only those that need this capability") @Nullable
            String capability,

            @Description("Only those with this label") @Nullable
            String label,

            @Description("Only those that belong to this task") @Nullable
            TaskId parentId,

            @Description("Only those of this mission") @Nullable
            MissionId missionId)
            implements TaskQuery {}

    /** How many tasks there are, in all and by the name of their state; states without a task are left out. */
    record TaskCounts(long total, Map<TaskState, Long> byState) {}

    /** What supervision has to see to at {@code now}: at most {@code limit} of each kind, the longest overdue first. */
    @RequiresRole(Role.SYSTEM)
    @Description("What supervision has to see to")
    record FindDueTasks(Instant now, int limit) implements TaskQuery {}

    /** What {@link FindDueTasks} found. */
    record DueTasks(List<Due> items) {}

    /** Something that is due about a task. */
    sealed interface Due {

        TaskId taskId();

        /** The event that it follows from, so that causes can be walked; none if it isn't known. */
        @Nullable
        Cause cause();

        /** The lease of that token is over. */
        record Lease(
                TaskId taskId, long fencingToken, @Nullable Cause cause) implements Due {}

        /** The rest between two attempts is over. */
        record Backoff(TaskId taskId, @Nullable Cause cause) implements Due {}

        /** The deadline has passed. */
        record Deadline(TaskId taskId, @Nullable Cause cause) implements Due {}

        /** An open blocker has come to what was waited for. */
        record BlockerMet(
                TaskId taskId,
                TaskId blockerId,
                TaskState outcome,
                @Nullable Cause cause) implements Due {}

        /** The holder of that token has retired. */
        record HolderRetired(
                TaskId taskId,
                AgentId agentId,
                long fencingToken,
                @Nullable Cause cause) implements Due {}
    }

    /** Circles of open blockers: tasks that wait for each other, which concurrent commands can bring about. */
    @RequiresRole(Role.SYSTEM)
    @Description("Circles of tasks that wait for each other")
    record FindBlockerCycles() implements TaskQuery {}

    /** What {@link FindBlockerCycles} found: for each circle its path and the edge that closed it. */
    record BlockerCycles(List<Cycle> items) {

        /**
         * @param path the tasks of the circle, each waiting for the next and the last for the first
         * @param taskId the task with the youngest edge
         * @param blockerId what the youngest edge waits for
         * @param cause the event that added the youngest edge; none if it isn't known
         */
        public record Cycle(
                List<TaskId> path,
                TaskId taskId,
                TaskId blockerId,
                @Nullable Cause cause) {}
    }
}
