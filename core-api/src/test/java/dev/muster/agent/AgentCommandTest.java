package dev.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.agent.AgentCommand.ChangeCapabilities;
import dev.muster.agent.AgentCommand.ChangeLimit;
import dev.muster.agent.AgentCommand.RegisterAgent;
import dev.muster.agent.AgentCommand.RetireAgent;
import dev.muster.agent.AgentCommand.SuspendAgent;
import dev.muster.message.InvalidField;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AgentCommandTest {

    private static final AgentId AGENT = AgentId.of("a");

    @Test
    void only_an_identifier_is_needed_to_register_an_agent() {
        var command = new RegisterAgent(AGENT, null, null, null);

        assertThat(command.displayName()).isNull();
        assertThat(command.capabilities()).isEmpty();
        assertThat(command.maxConcurrentTasks()).isNull();
    }

    @Test
    void the_name_of_an_agent_is_bounded() {
        assertThat(new RegisterAgent(AGENT, "x".repeat(200), null, null).displayName())
                .hasSize(200);
        refused("displayName must have at most 200", () -> new RegisterAgent(AGENT, "x".repeat(201), null, null));
    }

    @Test
    void an_agent_holds_1_to_10000_tasks_or_any_number() {
        assertThat(new ChangeLimit(AGENT, null).maxConcurrentTasks()).isNull();
        assertThat(new ChangeLimit(AGENT, 1).maxConcurrentTasks()).isEqualTo(1);
        assertThat(new RegisterAgent(AGENT, null, null, 10_000).maxConcurrentTasks())
                .isEqualTo(10_000);
        refused("maxConcurrentTasks must be from 1 to 10000, but is 0", () -> new ChangeLimit(AGENT, 0));
        refused("maxConcurrentTasks must be from 1 to 10000, but is -1", () -> new RegisterAgent(AGENT, "x", null, -1));
        refused("maxConcurrentTasks must be from 1 to 10000, but is 10001", () -> new ChangeLimit(AGENT, 10_001));
    }

    @Test
    void capabilities_are_sorted_bounded_and_must_be_named_to_be_changed() {
        var many = IntStream.range(0, 65).mapToObj(i -> "c" + i).collect(Collectors.toSet());

        assertThat(new ChangeCapabilities(AGENT, Set.of("java", "go", "c")).capabilities())
                .containsExactly("c", "go", "java");
        refused("capabilities is required", () -> new ChangeCapabilities(AGENT, null));
        refused("capabilities must have at most 64 elements, but has 65", () -> new ChangeCapabilities(AGENT, many));
        refused("capabilities must have at most 64 elements", () -> new RegisterAgent(AGENT, null, many, null));
        refused(
                "capabilities must have at most 64 characters",
                () -> new ChangeCapabilities(AGENT, Set.of("x".repeat(65))));
    }

    @Test
    void a_reason_is_bounded() {
        refused("reason must have at most 2000", () -> new SuspendAgent(AGENT, "x".repeat(2_001)));
        refused("reason must have at most 2000", () -> new RetireAgent(AGENT, "x".repeat(2_001)));
    }

    private static void refused(String fault, ThrowingCallable call) {
        assertThatExceptionOfType(InvalidField.class).isThrownBy(call).withMessageContaining(fault);
    }
}
