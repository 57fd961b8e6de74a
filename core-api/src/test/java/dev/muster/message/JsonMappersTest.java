package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.Messages;
import dev.muster.task.TaskCommand.ReopenTask;
import dev.muster.task.TaskCommand.ReviseTask;
import dev.muster.task.TaskCommand.StartTask;
import dev.muster.task.TaskCommand.SubmitTask;
import dev.muster.task.TaskQuery.FindTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class JsonMappersTest {

    record Times(Instant at, Duration lasting) {}

    record Words(Set<String> words) {}

    record Counted(int number, String text) {}

    static final class Hidden {
        private String secret = "";
        private @Nullable String nothing;

        public String getShown() {
            return "shown";
        }
    }

    static final class Empty {}

    private final JsonMapper edges = JsonMappers.edges();
    private final JsonMapper events = JsonMappers.events(JsonMapper.builder()).build();
    private final JsonMapper state = JsonMappers.state(JsonMapper.builder()).build();

    static Stream<Class<?>> requests() {
        return Stream.of(Messages.commands(), Messages.queries()).flatMap(Collection::stream);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void edges_read_every_command_and_query_as_it_was_written(Class<?> message) {
        for (var sample : List.of(Samples.full(message), Samples.least(message))) {
            assertThat((Object) edges.readValue(edges.writeValueAsString(sample), message))
                    .isEqualTo(sample);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"title\":\"x\",\"colour\":\"red\"}",
                "{\"title\":\"x\",\"title\":\"y\"}",
                "{\"title\":\"x\"} {}",
                "{\"title\":\"x\"",
                "{\"title\":5}",
                "{\"title\":true}",
                "{\"title\":\"x\",\"priority\":\"2\"}",
                "{\"title\":\"x\",\"priority\":\"\"}",
                "{\"title\":\"x\",\"priority\":2.5}",
                "{\"title\":\"x\",\"priority\":true}",
                "{\"title\":\"x\",\"priority\":3000000000}",
                "{\"title\":\"x\",\"taskId\":7}",
                "{\"title\":\"x\",\"labels\":\"a\"}",
                "{\"title\":\"x\",\"labels\":[7]}",
                "{\"title\":\"x\",\"blockers\":[{\"taskId\":\"t\",\"until\":\"whenever\"}]}",
                "{\"title\":\"x\",\"blockers\":[{\"taskId\":\"t\",\"until\":0}]}",
                "{\"title\":\"x\",\"deadline\":\"tomorrow\"}",
                "{\"title\":\"x\",\"deadline\":7}",
                "{\"title\":\"x\",\"retry\":{\"backoff\":\"a while\"}}",
                "{\"title\":\"x\",\"retry\":{\"backoff\":7}}",
                "{\"title\":\"x\",\"deadline\":\"\"}",
                "{\"title\":\"x\",\"deadline\":{}}",
                "{\"title\":\"x\",\"blockers\":[{\"taskId\":\"t\",\"until\":\"\"}]}",
                "[{\"title\":\"x\"}]",
                "\"x\""
            })
    void edges_refuse_what_is_not_of_the_shape_that_a_message_asks_for(String json) {
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> edges.readValue(json, SubmitTask.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"taskId\":\"t\",\"agentId\":\"a\"}",
                "{\"taskId\":\"t\",\"agentId\":\"a\",\"fencingToken\":null}",
                "{\"taskId\":\"t\",\"agentId\":\"a\",\"fencingToken\":\"1\"}",
                "{\"taskId\":\"t\",\"agentId\":\"a\",\"fencingToken\":1.0}",
            })
    void edges_refuse_a_number_that_is_missing_or_none(String json) {
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> edges.readValue(json, StartTask.class));
    }

    @Test
    void edges_refuse_a_state_that_does_not_exist_and_one_by_its_number() {
        assertThatExceptionOfType(JacksonException.class)
                .isThrownBy(() -> edges.readValue("{\"state\":\"SUBMITTED\"}", FindTasks.class));
        assertThatExceptionOfType(JacksonException.class)
                .isThrownBy(() -> edges.readValue("{\"state\":0}", FindTasks.class));
    }

    @Test
    void edges_refuse_what_is_nested_too_deep() {
        assertThat(edges.readTree(nested(JsonMappers.MAX_DEPTH)).isArray()).isTrue();
        assertThatExceptionOfType(JacksonException.class)
                .isThrownBy(() -> edges.readTree(nested(JsonMappers.MAX_DEPTH + 1)));
    }

    @Test
    void a_field_that_may_be_left_out_may_be_null() {
        var read = edges.readValue("{\"taskId\":\"t\",\"reason\":\"x\",\"deadline\":null}", ReopenTask.class);

        assertThat(read.deadline()).isNull();
        assertThat(edges.readValue("{\"taskId\":\"t\",\"input\":null}", ReviseTask.class)
                        .input())
                .isNull();
    }

    @Test
    void events_may_hold_what_is_not_known_here() {
        assertThat(events.readValue("{\"number\":1,\"text\":\"x\",\"colour\":\"red\"}", Counted.class))
                .isEqualTo(new Counted(1, "x"));
    }

    @Test
    void events_may_lack_a_number_that_a_later_version_added() {
        assertThat(events.readValue("{\"text\":\"x\"}", Counted.class)).isEqualTo(new Counted(0, "x"));
    }

    @Test
    void state_is_the_fields_themselves_whatever_their_visibility() {
        var hidden = new Hidden();
        hidden.secret = "x";

        var stored = state.writeValueAsString(hidden);

        assertThat(stored).isEqualTo("{\"secret\":\"x\"}");
        assertThat(state.readValue(stored, Hidden.class).secret).isEqualTo("x");
        assertThat(state.readValue(stored, Hidden.class).nothing).isNull();
    }

    @Test
    void state_of_which_nothing_would_be_stored_is_refused() {
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> state.writeValueAsString(new Empty()));
    }

    @Test
    void state_of_another_shape_is_refused() {
        assertThatExceptionOfType(JacksonException.class)
                .isThrownBy(() -> state.readValue("{\"secret\":\"x\",\"older\":1}", Hidden.class));
    }

    @Test
    void times_are_written_in_words_by_all() {
        var times = new Times(Instant.parse("2026-02-03T04:05:06.007Z"), Duration.ofSeconds(90));
        var json = "{\"at\":\"2026-02-03T04:05:06.007Z\",\"lasting\":\"PT1M30S\"}";

        assertThat(List.of(edges, events, state)).allSatisfy(mapper -> {
            assertThat(mapper.writeValueAsString(times)).isEqualTo(json);
            assertThat(mapper.readValue(json, Times.class)).isEqualTo(times);
        });
    }

    @Test
    void maps_of_stored_state_keep_their_order() {
        var map = new LinkedHashMap<String, Integer>();
        map.put("z", 1);
        map.put("a", 2);
        assertThat(state.writeValueAsString(map)).isEqualTo("{\"z\":1,\"a\":2}");
        assertThat(state.readValue("{\"z\":1,\"a\":2}", Map.class).keySet()).hasToString("[z, a]");
    }

    @Test
    void sets_keep_the_order_in_which_they_were_written() {
        var words = new Words(new LinkedHashSet<>(List.of("zebra", "ape", "newt", "yak", "bee", "cat", "ox", "emu")));

        assertThat(List.of(edges, events, state)).allSatisfy(mapper -> {
            var json = mapper.writeValueAsString(words);
            assertThat(mapper.writeValueAsString(mapper.readValue(json, Words.class)))
                    .isEqualTo(json);
        });
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }
}
