package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class CheckTest {

    @Test
    void what_is_required_must_be_there() {
        assertThat(Check.required("title", "x")).isEqualTo("x");
        refused("title is required", () -> Check.required("title", null));
    }

    @Test
    void a_text_must_be_there_and_not_blank() {
        refused("title is required", () -> Check.text("title", null, 5));
        refused("title must not be blank", () -> Check.text("title", "", 5));
        refused("title must not be blank", () -> Check.text("title", " \t\n", 5));
    }

    @Test
    void a_text_may_be_as_long_as_its_bound_and_no_longer() {
        assertThat(Check.text("title", "12345", 5)).isEqualTo("12345");
        refused("title must have at most 5 characters, but has 6", () -> Check.text("title", "123456", 5));
    }

    @Test
    void an_optional_text_may_be_left_out_or_blank_but_not_too_long() {
        assertThat(Check.optionalText("reason", null, 5)).isNull();
        assertThat(Check.optionalText("reason", "", 5)).isEmpty();
        assertThat(Check.optionalText("reason", "12345", 5)).isEqualTo("12345");
        refused("reason must have at most 5 characters, but has 6", () -> Check.optionalText("reason", "123456", 5));
    }

    @Test
    void a_number_lies_within_its_bounds_which_belong_to_it() {
        assertThat(Check.range("percent", 0, 0, 100)).isZero();
        assertThat(Check.range("percent", 100, 0, 100)).isEqualTo(100);
        refused("percent must be from 0 to 100, but is -1", () -> Check.range("percent", -1, 0, 100));
        refused("percent must be from 0 to 100, but is 101", () -> Check.range("percent", 101, 0, 100));
    }

    @Test
    void names_are_sorted_and_none_comes_twice() {
        assertThat(Check.names("labels", List.of("b", "a", "b"), 3, 5)).containsExactly("a", "b");
        assertThat(Check.names("labels", null, 3, 5)).isEmpty();
    }

    @Test
    void names_are_bounded_in_number_and_length() {
        refused("labels must have at most 1 elements, but has 2", () -> Check.names("labels", List.of("a", "b"), 1, 5));
        refused("labels must have at most 1 characters, but has 2", () -> Check.names("labels", List.of("ab"), 1, 1));
        refused("labels must not be blank", () -> Check.names("labels", List.of(" "), 1, 5));
        refused("labels is required", () -> Check.names("labels", Arrays.asList("a", null), 2, 5));
    }

    @Test
    void names_do_not_change_with_what_they_were_made_of() {
        var given = new ArrayList<>(List.of("a"));
        var names = Check.names("labels", given, 3, 5);

        given.add("b");

        assertThat(names).containsExactly("a");
        assertThat(names).isUnmodifiable();
    }

    @Test
    void a_set_is_sorted_and_has_no_null() {
        assertThat(Check.set("clear", List.of(3, 1, 2, 1)))
                .containsExactly(1, 2, 3)
                .isUnmodifiable();
        assertThat(Check.<Integer>set("clear", null)).isEqualTo(Set.of());
        refused("clear is required", () -> Check.set("clear", Arrays.asList(1, null)));
    }

    @Test
    void a_list_is_bounded_and_has_no_null() {
        assertThat(Check.list("blockers", List.of(2, 1), 2)).containsExactly(2, 1);
        assertThat(Check.<Integer>list("blockers", null, 2)).isEmpty();
        refused("blockers must have at most 1 elements, but has 2", () -> Check.list("blockers", List.of(2, 1), 1));
        refused("blockers is required", () -> Check.list("blockers", Arrays.asList(1, null), 2));
    }

    @Test
    void what_is_refused_names_its_field_to_machines_as_well() {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> Check.required("title", null))
                .satisfies(refused -> {
                    assertThat(refused.problem().code()).isEqualTo("invalid-field");
                    assertThat(refused.problem().status()).isEqualTo(400);
                    assertThat(refused.problem().extras())
                            .containsEntry("fields", List.of(Map.of("field", "title", "fault", "is required")));
                });
    }

    private static void refused(String detail, ThrowingCallable call) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(call)
                .extracting(refused -> refused.problem().detail())
                .isEqualTo(detail + ".");
    }
}
