package dev.muster.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.message.InvalidField;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class UsageTest {

    private static final long MOST = 1_000_000_000_000_000L;

    @Test
    void usage_adds_up_and_what_came_on_top_can_be_told() {
        var earlier = new Usage(1, 2, 3);
        var later = new Usage(10, 20, 30);

        assertThat(earlier.plus(later)).isEqualTo(new Usage(11, 22, 33));
        assertThat(later.minus(earlier)).isEqualTo(new Usage(9, 18, 27));
        assertThat(later.minus(later)).isEqualTo(Usage.NONE);
    }

    @Test
    void a_total_covers_another_if_nothing_in_it_is_smaller() {
        var usage = new Usage(5, 5, 5);

        assertThat(usage.covers(usage)).isTrue();
        assertThat(usage.covers(new Usage(4, 5, 0))).isTrue();
        assertThat(usage.covers(new Usage(6, 0, 0))).isFalse();
        assertThat(usage.covers(new Usage(0, 6, 0))).isFalse();
        assertThat(usage.covers(new Usage(0, 0, 6))).isFalse();
    }

    @Test
    void usage_is_never_negative_and_never_beyond_reason() {
        assertThat(new Usage(MOST, MOST, MOST).costMicros()).isEqualTo(MOST);
        refused("usage.inputTokens", () -> new Usage(-1, 0, 0));
        refused("usage.outputTokens", () -> new Usage(0, -1, 0));
        refused("usage.costMicros", () -> new Usage(0, 0, -1));
        refused("usage.inputTokens", () -> new Usage(MOST + 1, 0, 0));
        refused("usage.outputTokens", () -> new Usage(0, MOST + 1, 0));
        refused("usage.costMicros", () -> new Usage(0, 0, MOST + 1));
    }

    private static void refused(String field, ThrowingCallable call) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(call)
                .withMessageContaining(field + " must be from 0 to " + MOST);
    }
}
