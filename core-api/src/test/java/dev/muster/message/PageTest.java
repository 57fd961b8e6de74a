package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    @Test
    void a_page_has_50_items_if_nobody_says() {
        assertThat(Page.limit(null)).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 500})
    void a_page_has_as_many_items_as_are_asked_for(int limit) {
        assertThat(Page.limit(limit)).isEqualTo(limit);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 501, Integer.MAX_VALUE})
    void a_page_has_from_1_to_500_items(int limit) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> Page.limit(limit))
                .withMessageContaining("limit must be from 1 to 500, but is " + limit);
    }

    @Test
    void the_last_page_has_no_next() {
        var json = JsonMappers.edges();

        assertThat(json.writeValueAsString(new Page<>(List.of("a"), null))).isEqualTo("{\"items\":[\"a\"]}");
        assertThat(json.writeValueAsString(new Page<>(List.of("a"), "c")))
                .isEqualTo("{\"items\":[\"a\"],\"next\":\"c\"}");
    }
}
