package dev.muster.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.AgentState;
import dev.muster.message.JsonMappers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskStateTest {

    @ParameterizedTest
    @EnumSource(TaskState.class)
    void a_task_is_never_held_and_ended(TaskState state) {
        assertThat(state.isHeld() && state.isEnded()).isFalse();
        assertThat(state.isHeld() || state.isEnded()).isEqualTo(state != TaskState.SUBMITTED);
    }

    @ParameterizedTest
    @EnumSource(TaskState.class)
    void a_state_is_written_as_clients_see_it(TaskState state) {
        assertThat(JsonMappers.edges().writeValueAsString(state)).isEqualTo("\"" + state + "\"");
    }

    @ParameterizedTest
    @EnumSource(AgentState.class)
    void an_agents_state_is_written_as_clients_see_it(AgentState state) {
        assertThat(JsonMappers.edges().writeValueAsString(state)).isEqualTo("\"" + state + "\"");
    }

    @ParameterizedTest
    @EnumSource(TaskState.class)
    void a_blocker_is_met_by_completion_or_where_it_says_so_by_any_end(TaskState state) {
        assertThat(Blocker.Until.COMPLETED.isMetBy(state)).isEqualTo(state == TaskState.COMPLETED);
        assertThat(Blocker.Until.ENDED.isMetBy(state)).isEqualTo(state.isEnded());
    }

    @Test
    void the_states_in_which_a_task_is_held_are_four() {
        assertThat(TaskState.HELD)
                .containsExactlyInAnyOrder(
                        TaskState.ASSIGNED, TaskState.WORKING, TaskState.SUSPENDED, TaskState.INPUT_REQUIRED);
    }
}
