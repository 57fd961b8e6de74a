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
    void aTextThatIsReadAgainIsTheSameValue() throws NotPlain {
        assertThat(read("agent-1")).isSameAs(read("agent-1")).hasToString("agent-1");
    }

    @Test
    void otherTextsAreOtherValuesHoweverManyThereAre() throws NotPlain {
        for (var number : IntStream.range(0, 1_000).toArray()) {
            assertThat(read("agent-" + number)).hasToString("agent-" + number);
        }
        // Of one hash.
        assertThat(read("Aa")).hasToString("Aa");
        assertThat(read("BB")).hasToString("BB");
    }

    @Test
    void whatIsRefusedIsRefusedAgain() {
        assertThatThrownBy(() -> read("")).isSameAs(NotPlain.IT_IS);
        assertThatThrownBy(() -> read("")).isSameAs(NotPlain.IT_IS);
    }
}
