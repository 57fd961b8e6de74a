package dev.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.AgentCommand.*;
import dev.muster.agent.AgentEvent.*;
import dev.muster.task.Outcome;
import java.util.List;
import java.util.Set;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

/** An agent is known before it is given tasks, and may be given nothing new for a while, or for good. */
class AgentTest {

    private static final AgentId ADA = AgentId.of("ada");
    private static final AgentRegistered REGISTERED = new AgentRegistered(ADA, "Ada", Set.of("java"));

    private static Outcome<Agent> when(List<Object> history, Object command) {
        var fixture = new AggregateTestFixture<>(Agent.class);
        var executor = history.isEmpty() ? fixture.givenNoPriorActivity() : fixture.given(history);
        return new Outcome<>(executor.when(command));
    }

    @Test
    void an_agent_registers_with_what_it_is_capable_of() {
        when(List.of(), new RegisterAgent(ADA, "Ada", Set.of("java"), null)).emits(REGISTERED);
    }

    @Test
    void an_agent_that_registers_with_a_limit_is_limited_in_an_event_of_its_own() {
        when(List.of(), new RegisterAgent(ADA, "Ada", Set.of("java"), 2))
                .emits(REGISTERED, new AgentLimitChanged(ADA, 2));
    }

    @Test
    void an_agent_without_a_name_is_called_by_its_identifier() {
        when(List.of(), new RegisterAgent(ADA, null, null, null)).emits(new AgentRegistered(ADA, "ada", Set.of()));
        when(List.of(), new RegisterAgent(ADA, " ", null, null)).emits(new AgentRegistered(ADA, "ada", Set.of()));
    }

    @Test
    void an_agent_registers_once() {
        when(List.of(REGISTERED), new RegisterAgent(ADA, null, null, null)).refused("agent-exists");
    }

    @Test
    void capabilities_are_replaced() {
        when(List.of(REGISTERED), new ChangeCapabilities(ADA, Set.of("sql")))
                .emits(new CapabilitiesChanged(ADA, Set.of("sql")));
        when(List.of(REGISTERED), new ChangeCapabilities(ADA, Set.of("java"))).emitsNothing();
        when(
                        List.of(REGISTERED, new CapabilitiesChanged(ADA, Set.of("sql"))),
                        new ChangeCapabilities(ADA, Set.of("sql")))
                .emitsNothing();
    }

    @Test
    void the_limit_is_changed_or_taken_away() {
        var limited = new AgentLimitChanged(ADA, 2);
        when(List.of(REGISTERED), new ChangeLimit(ADA, 2)).emits(limited);
        when(List.of(REGISTERED), new ChangeLimit(ADA, null)).emitsNothing();
        when(List.of(REGISTERED, limited), new ChangeLimit(ADA, null)).emits(new AgentLimitChanged(ADA, null));
        when(List.of(REGISTERED, new AgentLimitChanged(ADA, 5)), new ChangeLimit(ADA, 5))
                .emitsNothing();
    }

    @Test
    void an_agent_is_suspended_and_resumed() {
        var suspended = new AgentSuspended(ADA, "why");
        when(List.of(REGISTERED), new SuspendAgent(ADA, "why")).emits(suspended);
        when(List.of(REGISTERED, suspended), new SuspendAgent(ADA, "why")).refused("agent-suspended");
        when(List.of(REGISTERED, suspended), new ResumeAgent(ADA)).emits(new AgentResumed(ADA));
        when(List.of(REGISTERED), new ResumeAgent(ADA)).refused("agent-not-suspended");
        when(List.of(REGISTERED, suspended, new AgentResumed(ADA)), new ResumeAgent(ADA))
                .refused("agent-not-suspended");
    }

    @Test
    void a_retired_agent_is_retired_for_good() {
        var retired = new AgentRetired(ADA, "old");
        when(List.of(REGISTERED), new RetireAgent(ADA, "old")).emits(retired);
        for (var command : List.of(
                new RetireAgent(ADA, null),
                new SuspendAgent(ADA, null),
                new ResumeAgent(ADA),
                new ChangeLimit(ADA, 1),
                new ChangeCapabilities(ADA, Set.of()))) {
            when(List.of(REGISTERED, retired), command).refused("agent-retired");
        }
    }

    @Test
    void refusals_name_the_agent_and_say_what_to_do() {
        var problem = when(List.of(REGISTERED), new ResumeAgent(ADA)).refused("agent-not-suspended");
        assertThat(problem.extras()).containsEntry("agentId", "ada");
        assertThat(AgentRefusals.atLimit(ADA, 2).problem().extras()).containsEntry("maxConcurrentTasks", 2);
        assertThat(AgentRefusals.notCapable(ADA, Set.of("sql")).problem().extras())
                .containsEntry("missing", List.of("sql"));
    }
}
