package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

class PlainMetaDataTest {

    private static final JsonMapper JSON =
            JsonMappers.events(JsonMapper.builder()).build();
    private static final ObjectReader GENERAL =
            JSON.readerFor(new TypeReference<Map<String, Object>>() {}).with(DeserializationFeature.USE_LONG_FOR_INTS);
    private static final String LETTERS = "abcXYZ019 -_:/\"\\\n\t\b{}[],\u007f\u0001äß€";

    private final Random random = new Random(7);

    private static Optional<MetaData> read(String json) {
        return PlainMetaData.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void texts_whole_numbers_and_truth_values_are_read() {
        assertThat(
                        read(
                                "{\"actor\":\"a-1\",\"n\":-12,\"imported\":true,\"no\":false,\"none\":null,\"answer\":\"{\\\"a\\\":1}\"}"))
                .hasValueSatisfying(read -> assertThat(read)
                        .containsEntry("actor", "a-1")
                        .containsEntry("n", -12L)
                        .containsEntry("imported", true)
                        .containsEntry("no", false)
                        .containsEntry("none", null)
                        .containsEntry("answer", "{\"a\":1}")
                        .hasSize(6));
        assertThat(read("{}")).hasValueSatisfying(read -> assertThat(read).isEmpty());
    }

    @Test
    void what_is_otherwise_is_left_to_the_general_way() {
        for (var json : new String[] {
            "",
            "{",
            "[]",
            "null",
            "{\"a\":1.5}",
            "{\"a\":1e3}",
            "{\"a\":01}",
            "{\"a\":-}",
            "{\"a\":12345678901234567890}",
            "{\"a\":{}}",
            "{\"a\":[]}",
            "{\"a\": 1}",
            "{\"a\":1} ",
            "{\"a\":1,}",
            "{\"a\":\"\\u0041\"}",
            "{\"a\":\"ä\"}",
            "{\"a\":\"\t\"}",
            "{\"ab\\n\":1}",
            "{\"a\":tru}",
            "{\"a\":\"x"
        }) {
            assertThat(read(json)).as(json).isEmpty();
        }
    }

    @Test
    void what_is_read_is_what_the_general_way_reads() {
        var plain = 0;
        for (int i = 0; i < 20_000; i++) {
            var json = JSON.writeValueAsBytes(metadata());
            if (i % 2 == 1) {
                json[random.nextInt(json.length)] =
                        (byte) (random.nextBoolean() ? LETTERS.charAt(random.nextInt(12)) : '"');
            }
            var read = PlainMetaData.read(json);
            if (read.isPresent()) {
                plain++;
                assertThat(read.get().entrySet())
                        .as(new String(json, StandardCharsets.UTF_8))
                        .isEqualTo(GENERAL.<Map<String, Object>>readValue(json).entrySet());
            }
        }
        assertThat(plain).isGreaterThan(2_000);
    }

    private Map<String, Object> metadata() {
        var metadata = new LinkedHashMap<String, Object>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            metadata.put(text(random.nextInt(8), 8), value());
        }
        return metadata;
    }

    private Object value() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong() >> random.nextInt(64);
            case 1 -> random.nextBoolean();
            default -> text(random.nextInt(20), random.nextBoolean() ? LETTERS.length() : LETTERS.length() - 4);
        };
    }

    private String text(int length, int letters) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(letters)));
        }
        return text.toString();
    }
}
