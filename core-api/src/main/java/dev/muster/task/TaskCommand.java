package dev.muster.task;

import static dev.muster.agent.AgentCommand.MAX_CAPABILITIES;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.agent.AgentId;
import dev.muster.message.Check;
import dev.muster.message.Description;
import dev.muster.message.Destructive;
import dev.muster.message.InvalidField;
import dev.muster.message.Json;
import dev.muster.message.RequiresRole;
import dev.muster.message.Role;
import dev.muster.mission.MissionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What can be asked of a task. */
public sealed interface TaskCommand {

    int MAX_TITLE = 200;
    int MAX_INSTRUCTION = 65_536;
    int MAX_TEXT = 65_536;
    int MAX_REASON = 2_000;
    int MAX_LABELS = 64;
    int MAX_LABEL = 200;
    int MAX_BLOCKERS = 1_000;
    int MAX_ARTIFACTS = 100;
    int LOWEST_PRIORITY = 9;
    int DEFAULT_PRIORITY = 2;

    /** What a holder sends: it carries the fencing token of its assignment, so that a stale holder cannot write. */
    sealed interface OfHolder extends TaskCommand {
        TaskId taskId();

        AgentId agentId();

        long fencingToken();
    }

    /** Puts a task on the board, for any agent that has the capabilities it needs. */
    @Description("Put a task on the board, for any agent that has the capabilities it needs; only a title is required")
    record SubmitTask(
            @Description("The identifier it is to have; made by the server if left out") @TargetAggregateIdentifier
            TaskId taskId,

            @Description("What is to be done, in a line") String title,

            @Description("What is to be done, in full") @Nullable
            String instruction,

            @Description("0 is the most urgent, 9 the least; 2 if left out") @Nullable
            Integer priority,

            @Description("What an agent must be capable of to take it") @Nullable
            Set<String> capabilities,

            @Description("Words to find it by") @Nullable Set<String> labels,

            @Description("A task that this one belongs to; it is not held up by it") @Nullable
            TaskId parentId,

            @Description("Tasks that it waits for") @Nullable
            List<Blocker> blockers,

            @Description("What it works on: any JSON") @Nullable
            JsonNode input,

            @Description("How often it is attempted, and how long it rests in between") @Nullable
            Retry retry,

            @Description("When it fails if it has not ended by then") @Nullable
            Instant deadline,

            @Description("The mission that it is part of") @Nullable
            MissionId missionId,

            @Description("The step of the mission that it carries out") @Nullable
            String stepId)
            implements TaskCommand {
        public SubmitTask {
            Check.text("title", title, MAX_TITLE);
            Check.optionalText("instruction", instruction, MAX_INSTRUCTION);
            priority = priority == null ? DEFAULT_PRIORITY : checkPriority(priority);
            capabilities = Check.names("capabilities", capabilities, MAX_CAPABILITIES, 64);
            labels = Check.names("labels", labels, MAX_LABELS, MAX_LABEL);
            blockers = Check.list("blockers", blockers, MAX_BLOCKERS);
            if (blockers.stream().map(Blocker::taskId).distinct().count() < blockers.size()) {
                throw new InvalidField("blockers", "must name each task once");
            }
            input = Json.check("input", input);
            retry = retry == null ? Retry.DEFAULT : retry;
            Check.optionalText("stepId", stepId, 128);
        }
    }

    /** Gives a task to an agent, also one with open blockers or in a backoff. */
    @RequiresRole(Role.OPERATOR)
    @Description("Give a task to an agent, also one that waits for others or rests before its next attempt")
    record AssignTask(
            @TargetAggregateIdentifier TaskId taskId,
            @Description("Who is to do it") AgentId agentId) implements TaskCommand {
        public AssignTask {
            Check.required("agentId", agentId);
        }
    }

    /** Takes the task for one agent and starts it. At most one claim wins; the others are told who holds it. */
    @Description("Take a ready task that you know by its identifier and start to work on it; at most one claim wins")
    record ClaimTask(
            @TargetAggregateIdentifier TaskId taskId,
            @Description("Who takes it; you if left out") AgentId agentId) implements TaskCommand {
        public ClaimTask {
            Check.required("agentId", agentId);
        }
    }

    /** Takes the best ready task that the agent is capable of; the answer is none where nothing is ready. */
    @Description(
            "Ask for work: take the most urgent ready task that you are capable of and start on it; the result is null where none is ready")
    record ClaimNextTask(
            @Description("Who takes it; you if left out") AgentId agentId,

            @Description("Only tasks of this mission") @Nullable
            MissionId missionId,

            @Description("Only tasks with all of these labels") @Nullable
            Set<String> labels,

            @Description("Only tasks that belong to this one") @Nullable
            TaskId parentId)
            implements TaskCommand {
        public ClaimNextTask {
            Check.required("agentId", agentId);
            labels = Check.names("labels", labels, MAX_LABELS, MAX_LABEL);
        }
    }

    /** Begins to work on a task that was assigned. */
    @Description("Begin to work on a task that an operator assigned to you; what you claimed has begun already")
    record StartTask(
            @TargetAggregateIdentifier TaskId taskId,
            @Description("The holder; you if left out") AgentId agentId,

            @Description("The token of your assignment, as the claim answered it")
            long fencingToken)
            implements OfHolder {
        public StartTask {
            checkHolder(agentId, fencingToken);
        }
    }

    /** Gives an assigned task back unstarted. It is not offered to this agent again. */
    @Description("Give an assigned task back unstarted; it is not offered to you again")
    record DeclineTask(
            @TargetAggregateIdentifier TaskId taskId,
            @Description("The holder; you if left out") AgentId agentId,

            @Description("The token of your assignment, as the claim answered it")
            long fencingToken,

            @Description("Why, in your words") @Nullable String reason)
            implements OfHolder {
        public DeclineTask {
            checkHolder(agentId, fencingToken);
            Check.optionalText("reason", reason, MAX_REASON);
        }
    }

    /** Ends a task that should not be done. */
    @RequiresRole(Role.OPERATOR)
    @Destructive
    @Description("End a task that should not be done")
    record RejectTask(
            @TargetAggregateIdentifier TaskId taskId,
            @Description("Why, in your words") @Nullable String reason) implements TaskCommand {
        public RejectTask {
            Check.optionalText("reason", reason, MAX_REASON);
        }
    }

    /** Says that the holder is alive, so that it keeps the task for another lease. */
    @Description("Say that you are alive and keep the task for another lease; do so well before the lease ends")
    record ExtendLease(
            @TargetAggregateIdentifier TaskId taskId,
            @Description("The holder; you if left out") AgentId agentId,

            @Description("The token of your assignment, as the claim answered it")
            long fencingToken)
            implements OfHolder {
        public ExtendLease {
            checkHolder(agentId, fencingToken);
        }
    }

    /** Says how far the work is. */
    @Description("Say how far the work is and what it has used so far; it extends the lease as well")
    record ReportProgress(
            @TargetAggregateIdentifier TaskId taskId,
            @Description("The holder; you if left out") AgentId agentId,

            @Description("The token of your assignment, as the claim answered it")
            long fencingToken,

            @Description("How much of the work is done, in percent: 0 to 100, with one decimal at most") @Nullable
            BigDecimal percent,

            @Description("What has been done, or comes next") @Nullable
            String note,

            @Description("What the work has brought about since the last report") @Nullable
            List<Artifact> artifacts,

            @Description("The running total of this attempt") @Nullable
            Usage usage)
            implements OfHolder {
        public ReportProgress {
            checkHolder(agentId, fencingToken);
            percent = percent == null ? null : Percent.check("percent", percent);
            Check.optionalText("note", note, MAX_TEXT);
            artifacts = Check.list("artifacts", artifacts, MAX_ARTIFACTS);
        }
    }

    /** Rests the work; the holder keeps the task for as long as a rest may last. */
    @Description("Rest the work on a task and keep holding it, for as long as a rest may last")
    record SuspendTask(
            @TargetAggregateIdentifier TaskId taskId,
            @Description("The holder; you if left out") AgentId agentId,

            @Description("The token of your assignment, as the claim answered it")
            long fencingToken,

            @Description("Why, in your words") @Nullable String reason)
            implements OfHolder {
        public SuspendTask {
            checkHolder(agentId, fencingToken);
            Check.optionalText("reason", reason, MAX_REASON);
        }
    }

    /** Goes on with a task that was suspended. */
    @Description("Go on with a task that you suspended")
    record ResumeTask(
            @TargetAggregateIdentifier TaskId taskId,
            @Description("The holder; you if left out") AgentId agentId,

            @Description("The token of your assignment, as the claim answered it")
            long fencingToken)
            implements OfHolder {
        public ResumeTask {
            checkHolder(agentId, fencingToken);
        }
    }

    /** Asks a question that the work waits for. */
    @Description("Ask a question that the work waits for; anybody may answer it")
    record RequestInput(
            @TargetAggregateIdentifier TaskId taskId,
            @Description("The holder; you if left out") AgentId agentId,

            @Description("The token of your assignment, as the claim answered it")
            long fencingToken,

            @Description("What you need to know") String question)
            implements OfHolder {
        public RequestInput {
            checkHolder(agentId, fencingToken);
            Check.text("question", question, MAX_TEXT);
        }
    }

    /** Answers the question that a task waits for. */
    @Description("Answer the question that a task in state input-required waits for, so that its holder can go on")
    record ProvideInput(
            @TargetAggregateIdentifier TaskId taskId,
            @Description("The answer: any JSON") JsonNode input) implements TaskCommand {
        public ProvideInput {
            input = Check.required("input", Json.check("input", input));
        }
    }

    /** Ends a task well. */
    @Description("End a task that you hold well, with its result for whoever needs it next")
    record CompleteTask(
            @TargetAggregateIdentifier TaskId taskId,
            @Description("The holder; you if left out") AgentId agentId,

            @Description("The token of your assignment, as the claim answered it")
            long fencingToken,

            @Description("What came of it: any JSON") @Nullable
            JsonNode result,

            @Description("The running total of this attempt") @Nullable
            Usage usage)
            implements OfHolder {
        public CompleteTask {
            checkHolder(agentId, fencingToken);
            result = Json.check("result", result);
        }
    }

    /** Ends an attempt badly. The task is tried again where attempts are left. */
    @Description("End your attempt at a task badly; the task is tried again if attempts are left and it is retryable")
    record FailTask(
            @TargetAggregateIdentifier TaskId taskId,
            @Description("The holder; you if left out") AgentId agentId,

            @Description("The token of your assignment, as the claim answered it")
            long fencingToken,

            @Description("What went wrong") String error,

            @Description("Whether another attempt could do better; true if left out") @Nullable
            Boolean retryable,

            @Description("The running total of this attempt") @Nullable
            Usage usage)
            implements OfHolder {
        public FailTask {
            checkHolder(agentId, fencingToken);
            Check.text("error", error, MAX_TEXT);
            retryable = retryable == null || retryable;
        }
    }

    /** Ends the rest between two attempts. */
    @RequiresRole(Role.SYSTEM)
    @Description("End the rest between two attempts once it is over")
    record EndBackoff(@TargetAggregateIdentifier TaskId taskId) implements TaskCommand {}

    /** Gives a held task back; it costs no attempt. An agent gives back its own, with the token of its assignment. */
    @Description("Give a held task back to the board, for another agent to take; it costs no attempt")
    record ReleaseTask(
            @TargetAggregateIdentifier TaskId taskId,

            @Description("The holder; operators may leave it out") @Nullable
            AgentId agentId,

            @Description("The holder's; operators may leave it out") @Nullable
            Long fencingToken,

            @Description("Why, in your words") @Nullable String reason)
            implements TaskCommand {
        public ReleaseTask {
            if (fencingToken != null) {
                checkToken(fencingToken);
            }
            Check.optionalText("reason", reason, MAX_REASON);
        }
    }

    /** Takes a task from a holder that stayed silent for the whole lease. */
    @RequiresRole(Role.SYSTEM)
    @Description("Take a task from a holder that stayed silent for the whole lease")
    record ExpireLease(@TargetAggregateIdentifier TaskId taskId, long fencingToken) implements TaskCommand {
        public ExpireLease {
            checkToken(fencingToken);
        }
    }

    /** Fails a task that has not ended by its deadline. */
    @RequiresRole(Role.SYSTEM)
    @Description("Fail a task that has not ended by its deadline")
    record ExpireTask(@TargetAggregateIdentifier TaskId taskId) implements TaskCommand {}

    /** Ends a task that is wanted no more. */
    @Destructive
    @Description("End a task that is wanted no more; its submitter or an operator may")
    record CancelTask(
            @TargetAggregateIdentifier TaskId taskId,
            @Description("Why, in your words") @Nullable String reason) implements TaskCommand {
        public CancelTask {
            Check.optionalText("reason", reason, MAX_REASON);
        }
    }

    /** Puts an ended task on the board again. */
    @Description("Put an ended task on the board again, with the reason and, if wanted, a new deadline")
    record ReopenTask(
            @TargetAggregateIdentifier TaskId taskId,
            @Description("Why, in your words") String reason,

            @Description("When it fails if it has not ended by then; the old deadline is dropped") @Nullable
            Instant deadline)
            implements TaskCommand {
        public ReopenTask {
            Check.text("reason", reason, MAX_REASON);
        }
    }

    /** Makes a task wait for another one. */
    @Description("Make a task wait for another one: it can't be claimed before that has ended")
    record AddBlocker(
            @TargetAggregateIdentifier TaskId taskId,
            @Description("The task to wait for") TaskId blockerId,

            @Description("completed: it must be completed; ended: any end will do. completed if left out")
            Blocker.@Nullable Until until)
            implements TaskCommand {
        public AddBlocker {
            Check.required("blockerId", blockerId);
            until = until == null ? Blocker.Until.COMPLETED : until;
        }
    }

    /** Lets a task wait for another one no more. */
    @Description("Let a task wait for another one no more")
    record RemoveBlocker(
            @TargetAggregateIdentifier TaskId taskId,
            @Description("The task to wait for no more") TaskId blockerId,
            @Description("Why, in your words") @Nullable String reason)
            implements TaskCommand {
        public RemoveBlocker {
            Check.required("blockerId", blockerId);
            Check.optionalText("reason", reason, MAX_REASON);
        }
    }

    /** Says that a blocker has come to what was waited for. */
    @RequiresRole(Role.SYSTEM)
    @Description("Say that a blocker has come to what was waited for")
    record ClearBlocker(@TargetAggregateIdentifier TaskId taskId, TaskId blockerId, TaskState outcome)
            implements TaskCommand {
        public ClearBlocker {
            Check.required("blockerId", blockerId);
            Check.required("outcome", outcome);
        }
    }

    /** Changes what a task is about. Fields that are left out stay as they are. */
    @Description("Change what a task is about; fields that are left out stay as they are")
    record ReviseTask(
            @TargetAggregateIdentifier TaskId taskId,

            @Description("What is to be done, in a line") @Nullable
            String title,

            @Description("What is to be done, in full") @Nullable
            String instruction,

            @Description("0 is the most urgent, 9 the least") @Nullable
            Integer priority,

            @Description("What an agent must be capable of to take it; replaces what was asked before") @Nullable
            Set<String> capabilities,

            @Description("A task that this one belongs to") @Nullable
            TaskId parentId,

            @Description("What it works on: any JSON") @Nullable
            JsonNode input,

            @Description("How often it is attempted, and how long it rests in between") @Nullable
            Retry retry,

            @Description("When it fails if it has not ended by then") @Nullable
            Instant deadline,

            @Description("Fields to empty: instruction, parentId, input, deadline") @Nullable
            Set<Clearable> clear)
            implements TaskCommand {
        public ReviseTask {
            if (title != null) {
                Check.text("title", title, MAX_TITLE);
            }
            Check.optionalText("instruction", instruction, MAX_INSTRUCTION);
            if (priority != null) {
                checkPriority(priority);
            }
            capabilities =
                    capabilities == null ? null : Check.names("capabilities", capabilities, MAX_CAPABILITIES, 64);
            input = Json.check("input", input);
            clear = Check.set("clear", clear);
        }
    }

    /** What {@link ReviseTask} can empty. */
    enum Clearable {
        @JsonProperty("instruction")
        INSTRUCTION,
        @JsonProperty("parentId")
        PARENT,
        @JsonProperty("input")
        INPUT,
        @JsonProperty("deadline")
        DEADLINE
    }

    /** Puts labels on a task and takes others off. */
    @Description("Put labels on a task, by which it is found and claimed, and take others off")
    record LabelTask(
            @TargetAggregateIdentifier TaskId taskId,
            @Description("Labels to put on") @Nullable Set<String> add,
            @Description("Labels to take off") @Nullable Set<String> remove)
            implements TaskCommand {
        public LabelTask {
            add = Check.names("add", add, MAX_LABELS, MAX_LABEL);
            remove = Check.names("remove", remove, MAX_LABELS, MAX_LABEL);
        }
    }

    /** Says something about a task. */
    @Description("Say something about a task, for whoever works on it or reviews it; it changes nothing else")
    record CommentOnTask(
            @TargetAggregateIdentifier TaskId taskId,
            @Description("What is to be said") String text) implements TaskCommand {
        public CommentOnTask {
            Check.text("text", text, MAX_TEXT);
        }
    }

    private static int checkPriority(int priority) {
        return (int) Check.range("priority", priority, 0, LOWEST_PRIORITY);
    }

    private static void checkHolder(@Nullable AgentId agentId, long fencingToken) {
        Check.required("agentId", agentId);
        checkToken(fencingToken);
    }

    private static void checkToken(long fencingToken) {
        Check.range("fencingToken", fencingToken, 1, Long.MAX_VALUE);
    }
}
