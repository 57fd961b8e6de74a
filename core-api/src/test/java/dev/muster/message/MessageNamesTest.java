package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

class MessageNamesTest {

    sealed interface Fruit {
        record Apple() implements Fruit {}

        sealed interface Citrus extends Fruit {
            record Lemon() implements Citrus {}
        }
    }

    @MessageName("Apple")
    record Pear() {}

    @Test
    void a_message_is_known_by_its_simple_name() {
        var names = MessageNames.of(List.of(Fruit.Apple.class));

        assertThat(MessageNames.nameOf(Fruit.Apple.class)).isEqualTo("Apple");
        assertThat(names.classOf("Apple")).contains(Fruit.Apple.class);
        assertThat(names.classOf("Lemon")).isEmpty();
        assertThat(names.contains(Fruit.Apple.class)).isTrue();
    }

    @Test
    void a_pinned_name_goes_before_the_simple_one() {
        var names = MessageNames.of(List.of(Pear.class));

        assertThat(names.classOf("Apple")).contains(Pear.class);
        assertThat(names.classOf("Pear")).isEmpty();
        assertThat(names.contains(Fruit.Apple.class)).isFalse();
    }

    @Test
    void two_messages_of_one_name_are_refused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> MessageNames.of(List.of(Fruit.Apple.class, Pear.class)))
                .withMessageContaining("Two messages are named Apple")
                .withMessageContaining(Fruit.Apple.class.getName())
                .withMessageContaining(Pear.class.getName());
    }

    @Test
    void a_message_that_is_named_twice_is_one() {
        assertThat(MessageNames.of(List.of(Pear.class, Pear.class)).classes()).hasSize(1);
    }

    @Test
    void below_a_sealed_interface_are_its_records_at_any_depth() {
        assertThat(MessageNames.below(Fruit.class)).containsExactly(Fruit.Apple.class, Fruit.Citrus.Lemon.class);
    }
}
