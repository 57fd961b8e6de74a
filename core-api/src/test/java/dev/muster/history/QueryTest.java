package dev.muster.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.agent.AgentQuery.FindAgents;
import dev.muster.agent.AgentQuery.GetAgent;
import dev.muster.history.HistoryQuery.CompareStates;
import dev.muster.history.HistoryQuery.GetHistory;
import dev.muster.history.HistoryQuery.GetState;
import dev.muster.message.InvalidField;
import dev.muster.task.TaskQuery.FindTasks;
import dev.muster.task.TaskQuery.GetTask;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    @Test
    void a_question_about_one_thing_names_it() {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new GetTask(null))
                .withMessageContaining("taskId is required");
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new GetAgent(null))
                .withMessageContaining("agentId is required");
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new GetHistory(null, null, null))
                .withMessageContaining("entity is required");
    }

    @Test
    void a_question_about_many_has_the_limit_of_a_page() {
        assertThat(findTasks(null).limit()).isEqualTo(50);
        assertThat(new FindAgents(null, null, 500, null).limit()).isEqualTo(500);
        assertThat(new GetHistory("task/t", 1, null).limit()).isEqualTo(1);
        assertThatExceptionOfType(InvalidField.class).isThrownBy(() -> findTasks(0));
        assertThatExceptionOfType(InvalidField.class).isThrownBy(() -> new FindAgents(null, null, 501, null));
        assertThatExceptionOfType(InvalidField.class).isThrownBy(() -> new GetHistory("task/t", -1, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t-42", "/t-42", "task/", "/"})
    void an_entity_is_a_type_and_an_identifier(String entity) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new GetHistory(entity, null, null))
                .withMessageContaining("entity must be a type and an identifier");
    }

    @Test
    void the_identifier_of_an_entity_may_have_slashes() {
        assertThat(new GetHistory("task/m/step", null, null).entity()).isEqualTo("task/m/step");
    }

    @Test
    void a_moment_is_now_a_version_a_position_or_an_instant() {
        assertThat(new GetState("task/t", null).moment()).isEqualTo(new Moment.Now());
        assertThat(new GetState("task/t", "version:8").moment()).isEqualTo(new Moment.Version(8));
        var compare = new CompareStates("task/t", "position:1200", "2026-03-01T10:00:00Z");
        assertThat(compare.first()).isEqualTo(new Moment.Position(1200));
        assertThat(compare.second()).isEqualTo(new Moment.Time(Instant.parse("2026-03-01T10:00:00Z")));
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new CompareStates("task/t", "version:1", "8"))
                .withMessageContaining("to must be version:8, position:1200 or an instant");
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new CompareStates("task/t", null, null))
                .withMessageContaining("from is required");
    }

    private static FindTasks findTasks(@Nullable Integer limit) {
        return new FindTasks(null, null, null, null, null, null, null, null, limit, null);
    }
}
