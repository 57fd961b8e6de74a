package dev.muster.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.message.InvalidField;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** Percent are said with one decimal at most, and recorded in thousandths. */
class PercentTest {

    @Test
    void what_is_recorded_is_what_was_said() {
        for (var said : new String[] {"0", "37.5", "40", "99.9", "100"}) {
            var percent = Percent.check("percent", new BigDecimal(said));
            assertThat(Percent.ofPermille(Percent.toPermille(percent)))
                    .isEqualTo(percent)
                    .hasToString(said);
        }
    }

    @Test
    void needless_zeros_are_not_kept() {
        assertThat(Percent.check("percent", new BigDecimal("40.00"))).hasToString("40");
        assertThat(Percent.check("percent", new BigDecimal("1E+1"))).hasToString("10");
    }

    @Test
    void what_is_no_part_of_a_whole_is_refused_by_name() {
        for (var wrong : new String[] {"-0.1", "100.1", "12.34"}) {
            assertThatThrownBy(() -> Percent.check("percent", new BigDecimal(wrong)))
                    .isInstanceOf(InvalidField.class)
                    .hasMessageContaining("percent")
                    .hasMessageContaining(wrong);
        }
        for (var wrong : new int[] {-1, 1_001}) {
            assertThatThrownBy(() -> Percent.ofPermille(wrong))
                    .isInstanceOf(InvalidField.class)
                    .hasMessageContaining("permille");
        }
    }
}
