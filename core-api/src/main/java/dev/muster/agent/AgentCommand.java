package dev.muster.agent;

import dev.muster.message.Check;
import dev.muster.message.Description;
import dev.muster.message.Destructive;
import java.util.Set;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of an agent. */
public sealed interface AgentCommand {

    /** How many names an agent's capabilities, or those a task needs, are at most. */
    int MAX_CAPABILITIES = 64;

    AgentId agentId();

    /** Makes an agent known, so that it can be given tasks. */
    @Description(
            "Make an agent known, with what it is capable of, so that it can be given tasks; once, before its first claim")
    record RegisterAgent(
            @Description("The identifier it is to have; yours if left out") @TargetAggregateIdentifier
            AgentId agentId,

            @Description("A name for people; the identifier if left out") @Nullable
            String displayName,

            @Description("What the agent is capable of; a task asks for these names") @Nullable
            Set<String> capabilities,

            @Description("How many tasks it may hold at a time; without it there is no limit") @Nullable
            Integer maxConcurrentTasks)
            implements AgentCommand {
        public RegisterAgent {
            Check.optionalText("displayName", displayName, 200);
            capabilities = Check.names("capabilities", capabilities, MAX_CAPABILITIES, 64);
            checkLimit(maxConcurrentTasks);
        }
    }

    /** Replaces what an agent is capable of. */
    @Description("Replace what an agent is capable of")
    record ChangeCapabilities(
            @TargetAggregateIdentifier AgentId agentId,

            @Description("What it is capable of from now on")
            Set<String> capabilities)
            implements AgentCommand {
        public ChangeCapabilities {
            Check.required("capabilities", capabilities);
            capabilities = Check.names("capabilities", capabilities, MAX_CAPABILITIES, 64);
        }
    }

    /** Changes how many tasks an agent may hold at a time. What it holds above a lower limit it keeps. */
    @Description("Change how many tasks an agent may hold at a time; without a number there is no limit")
    record ChangeLimit(
            @TargetAggregateIdentifier AgentId agentId,

            @Description("How many tasks it may hold at a time; without it there is no limit") @Nullable
            Integer maxConcurrentTasks)
            implements AgentCommand {
        public ChangeLimit {
            checkLimit(maxConcurrentTasks);
        }
    }

    /** Gives an agent nothing new. What it holds it may finish, and its leases run on. */
    @Description("Give an agent nothing new; what it holds it may finish")
    record SuspendAgent(
            @TargetAggregateIdentifier AgentId agentId,
            @Description("Why, in your words") @Nullable String reason) implements AgentCommand {
        public SuspendAgent {
            Check.optionalText("reason", reason, 2_000);
        }
    }

    /** Lets a suspended agent be given tasks again. */
    @Description("Let a suspended agent be given tasks again")
    record ResumeAgent(@TargetAggregateIdentifier AgentId agentId) implements AgentCommand {}

    /** Ends an agent for good. Its tasks are released. */
    @Destructive
    @Description("End an agent for good; the tasks it holds are released")
    record RetireAgent(
            @TargetAggregateIdentifier AgentId agentId,
            @Description("Why, in your words") @Nullable String reason) implements AgentCommand {
        public RetireAgent {
            Check.optionalText("reason", reason, 2_000);
        }
    }

    private static void checkLimit(@Nullable Integer limit) {
        if (limit != null) {
            Check.range("maxConcurrentTasks", limit, 1, 10_000);
        }
    }
}
