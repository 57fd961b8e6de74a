package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.agent.AgentId;
import dev.muster.mission.MissionId;
import dev.muster.task.TaskId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class EntityIdTest {

    @Test
    void an_agent_and_a_task_of_one_value_are_stored_apart() {
        assertThat(TaskId.of("x").stored()).isEqualTo("task/x");
        assertThat(AgentId.of("x").stored()).isEqualTo("agent/x");
        assertThat(MissionId.of("x").stored()).isEqualTo("mission/x");
    }

    @Test
    void axon_sees_the_stored_form() {
        assertThat(List.of(TaskId.of("x"), AgentId.of("x"), MissionId.of("x")))
                .allSatisfy(id -> assertThat(id).hasToString(id.stored()));
    }

    @Test
    void clients_see_the_plain_value() {
        var json = JsonMapper.shared();

        assertThat(json.writeValueAsString(TaskId.of("x"))).isEqualTo("\"x\"");
        assertThat(json.readValue("\"x\"", AgentId.class)).isEqualTo(AgentId.of("x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"t-42", "m/step/undo", "operator:ann", "Zürich", "日本"})
    void an_identifier_may_have_any_visible_characters(String value) {
        assertThat(TaskId.of(value).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", " a", "a\t", "a\n", "a\u0000", "a\u00a0b", "a\u2003b", "a\u0085"})
    void an_identifier_has_no_blanks_and_no_control_characters(String value) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> TaskId.of(value))
                .withMessageContaining("taskId must not contain blanks or control characters");
    }

    @Test
    void an_identifier_has_1_to_128_characters() {
        assertThat(AgentId.of("x".repeat(128)).value()).hasSize(128);
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> AgentId.of("x".repeat(129)))
                .withMessageContaining("agentId must have at most 128 characters, but has 129");
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> MissionId.of(""))
                .withMessageContaining("missionId must not be empty");
        assertThatExceptionOfType(InvalidField.class).isThrownBy(() -> EntityId.check("taskId", null));
    }
}
