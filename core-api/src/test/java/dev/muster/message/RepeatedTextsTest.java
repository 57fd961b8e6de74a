package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
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
    }

    @Test
    void texts_with_the_same_end_are_told_apart() throws NotPlain {
        for (var text :
                List.of("the first-00000001", "another-00000001", "00000001", "1", "01", "the first-00000001")) {
            assertThat(read(text)).hasToString(text);
        }
    }

    @Test
    void a_text_is_found_again_by_how_it_is_stored() throws NotPlain {
        var stored = "a \\\"quoted\\\" word";
        assertThat(read(stored)).isSameAs(read(stored)).hasToString("a \"quoted\" word");
    }

    @Test
    void what_follows_a_text_is_read_next() throws NotPlain {
        var in = new PlainJson("[\"agent-1\",\"agent-1\"]".getBytes(StandardCharsets.US_ASCII), 1);
        assertThat(texts.read(in)).hasToString("agent-1");
        in.expect(',');
        assertThat(texts.read(in)).hasToString("agent-1");
        in.expect(']');
        in.expectEnd();
    }

    @Test
    void what_is_refused_is_refused_again() {
        assertThatThrownBy(() -> read("")).isSameAs(NotPlain.IT_IS);
        assertThatThrownBy(() -> read("")).isSameAs(NotPlain.IT_IS);
    }
}
