package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatedTextsTest {

    private final RepeatedTexts texts = new RepeatedTexts(text -> {
        if (text.isEmpty()) {
            throw NotPlain.IT_IS;
        }
        return new StringBuilder(text);
    });

    private Object read(String text) throws NotPlain {
        return texts.read(new PlainJson(('"' + text + '"').getBytes(StandardCharsets.US_ASCII), 0));
    }

    @Test
    void a_text_that_is_read_again_is_the_same_value() throws NotPlain {
        assertThat(read("agent-1")).isSameAs(read("agent-1")).hasToString("agent-1");
    }

    @Test
    void other_texts_are_other_values_however_many_there_are() throws NotPlain {
        for (var number : IntStream.range(0, 1_000).toArray()) {
            assertThat(read("agent-" + number)).hasToString("agent-" + number);
        }
        // Of one hash.
        assertThat(read("Aa")).hasToString("Aa");
        assertThat(read("BB")).hasToString("BB");
    }

    @Test
    void what_is_refused_is_refused_again() {
        assertThatThrownBy(() -> read("")).isSameAs(NotPlain.IT_IS);
        assertThatThrownBy(() -> read("")).isSameAs(NotPlain.IT_IS);
    }
}
