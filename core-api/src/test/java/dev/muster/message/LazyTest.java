package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LazyTest {

    private final AtomicInteger made = new AtomicInteger();

    @Test
    void nothing_is_made_before_it_is_asked_for() {
        Lazy.of(made::incrementAndGet);

        assertThat(made).hasValue(0);
    }

    @Test
    void many_who_ask_at_once_get_the_one_that_is_made() {
        var lazy = Lazy.of(made::incrementAndGet);

        assertThat(IntStream.range(0, 1_000).parallel().map(i -> lazy.get()).distinct())
                .containsExactly(1);
    }

    @Test
    void a_failure_is_told_and_the_next_who_asks_makes_it_again() {
        var lazy = Lazy.of(() -> {
            if (made.incrementAndGet() == 1) {
                throw new IllegalStateException("not yet");
            }
            return "made";
        });

        assertThatIllegalStateException().isThrownBy(lazy::get).withMessage("not yet");
        assertThat(lazy.get()).isEqualTo("made");
    }
}
