package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class InstantTextTest {

    record OfMinutes(
            @JsonFormat(shape = JsonFormat.Shape.STRING, pattern = "dd.MM.yyyy HH:mm", timezone = "UTC")
            Instant at) {}

    private static final JsonMapper JSON =
            JsonMappers.events(JsonMapper.builder()).build();

    @Test
    void an_instant_is_read_as_it_was_written() {
        var random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            var instant = Instants.any(random, i);
            assertThat(JSON.readValue('"' + instant.toString() + '"', Instant.class))
                    .isEqualTo(instant);
        }
    }

    @Test
    void the_short_way_is_taken_where_it_can_be() {
        assertThat(InstantText.read("2026-03-01T10:00:00.5Z")).isEqualTo(Instant.parse("2026-03-01T10:00:00.500Z"));
        assertThat(InstantText.read("2024-02-29T23:59:59Z")).isEqualTo(Instant.parse("2024-02-29T23:59:59Z"));
        for (var other : new String[] {
            "",
            "Z",
            "2026-03-01T10:00Z",
            "2026-03-01T10:00:00+01:00",
            "2026-03-01T10:00:00.Z",
            "2026-02-30T10:00:00Z",
            "2026-03-01T24:00:00Z",
            "2026-03-01T10:00:00.1234567890Z",
            "2026-03-01T10:00:00.12xZ",
            "2026-03-01t10:00:00Z"
        }) {
            assertThat(InstantText.read(other)).as(other).isNull();
        }
    }

    @Test
    void what_looks_otherwise_is_read_in_the_general_way() {
        assertThat(JSON.readValue("\"2026-03-01T11:00:00+01:00\"", Instant.class))
                .isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
        assertThatThrownBy(() -> JSON.readValue("\"2026-02-30T10:00:00Z\"", Instant.class))
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void a_field_may_have_a_form_of_its_own() {
        var at = new OfMinutes(Instant.parse("2026-03-01T10:00:00Z"));

        assertThat(JSON.writeValueAsString(at)).isEqualTo("{\"at\":\"01.03.2026 10:00\"}");
        assertThat(JSON.readValue(JSON.writeValueAsString(at), OfMinutes.class)).isEqualTo(at);
    }
}
