package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.Messages;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whatever is read without Jackson is what Jackson reads; and what Jackson refuses is not read. */
class PlainRecordTest {

    private static final JsonMapper JSON =
            JsonMappers.events(JsonMapper.builder()).build();

    /** What may stand where something else is expected. */
    private static final List<String> OTHERS = List.of(
            "null",
            "0",
            "7",
            "-7",
            "1.5",
            "1e3",
            "007",
            "2147483648",
            "123456789012345678901",
            "true",
            "false",
            "\"\"",
            "\"x\"",
            "\" \"",
            "\"7\"",
            "\"true\"",
            "\"PT1S\"",
            "\"pt1s\"",
            "\"P\"",
            "\"2026-03-01T10:00:00.123Z\"",
            "\"2026-13-01T10:00:00Z\"",
            "\"a\\\"\\\\\\n\\u00e4\"",
            "\"ä\"",
            "[]",
            "[null]",
            "[\"a\",\"a\",\"b\"]",
            "[1]",
            "[[]]",
            "{}",
            "{\"a\":[1,{\"b\":\"}\"}],\"c\":\"\\\"\"}",
            "{\"a\":1}",
            "{\"taskId\":\"t\"}",
            "",
            "{",
            "]",
            "nul",
            "1 2",
            " 1");

    private final Random random = new Random(11);

    static Set<Class<?>> events() {
        return Messages.events();
    }

    private static Optional<PlainRecord> reader(Class<?> type) {
        return PlainRecord.of(type, new PlainValues(JSON));
    }

    @ParameterizedTest
    @MethodSource("events")
    void every_event_is_read_so_as_it_is_written(Class<?> type) {
        for (var event : List.of(Samples.full(type), Samples.least(type))) {
            assertThat(reader(type).flatMap(reader -> reader.read(JSON.writeValueAsBytes(event))))
                    .contains(event);
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void what_is_otherwise_is_read_or_refused_as_by_jackson(Class<?> type) {
        var reader = reader(type).orElseThrow();
        for (var event : List.of(Samples.full(type), Samples.least(type))) {
            var fields = fields((ObjectNode) JSON.valueToTree(event));
            for (int i = 0; i < 150; i++) {
                same(reader, type, json(changed(fields)).getBytes(StandardCharsets.UTF_8));
            }
            for (int i = 0; i < 150; i++) {
                same(reader, type, damaged(JSON.writeValueAsBytes(event)));
            }
        }
    }

    private static void same(PlainRecord reader, Class<?> type, byte[] json) {
        var read = reader.read(json);
        if (read.isPresent()) {
            var asJacksonDoes = byJackson(type, json);
            assertThat(read).as(new String(json, StandardCharsets.UTF_8)).isEqualTo(asJacksonDoes);
            // Sets are in one order, too, and what holds any JSON is of the same types.
            assertThat(JSON.writeValueAsString(read.get())).isEqualTo(JSON.writeValueAsString(asJacksonDoes.get()));
            assertThat(read.get().toString()).isEqualTo(asJacksonDoes.get().toString());
        }
    }

    private static Optional<Object> byJackson(Class<?> type, byte[] json) {
        try {
            return Optional.ofNullable(JSON.readValue(json, type));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static List<Map.Entry<String, String>> fields(ObjectNode event) {
        var fields = new ArrayList<Map.Entry<String, String>>();
        event.properties()
                .forEach(field ->
                        fields.add(Map.entry(field.getKey(), field.getValue().toString())));
        return fields;
    }

    private List<Map.Entry<String, String>> changed(List<Map.Entry<String, String>> fields) {
        var changed = new ArrayList<>(fields);
        var which = random.nextInt(changed.size());
        var field = changed.get(which);
        switch (random.nextInt(7)) {
            case 0 -> Collections.shuffle(changed, random);
            case 1 -> changed.remove(which);
            case 2 -> changed.add(random.nextInt(changed.size()), Map.entry("unknown", other()));
            case 3 -> changed.add(random.nextInt(changed.size()), Map.entry(field.getKey(), other()));
            case 4 -> changed.set(which, Map.entry(field.getKey(), within(field.getValue())));
            default -> changed.set(which, Map.entry(field.getKey(), other()));
        }
        return changed;
    }

    /** With another value in what is nested there. */
    private String within(String value) {
        if (!value.matches("\\[?\\{\".*")) {
            return "[" + value + "]";
        }
        JsonNode read = JSON.readTree(value);
        var object = (ObjectNode) (read.isArray() ? read.get(0) : read);
        var inner = json(changed(fields(object)));
        return read.isArray() ? "[" + inner + "]" : inner;
    }

    private String other() {
        return OTHERS.get(random.nextInt(OTHERS.size()));
    }

    private static String json(List<Map.Entry<String, String>> fields) {
        var json = new StringBuilder();
        fields.forEach(field -> json.append(json.isEmpty() ? "" : ",")
                .append('"')
                .append(field.getKey())
                .append("\":")
                .append(field.getValue()));
        return "{" + json + "}";
    }

    private byte[] damaged(byte[] json) {
        var signs = "{}[]\",:\\ 0-a\n\u007f\u0080".toCharArray();
        json[random.nextInt(json.length)] = (byte) signs[random.nextInt(signs.length)];
        return random.nextInt(4) == 0 ? Arrays.copyOf(json, random.nextInt(json.length)) : json;
    }

    record Renamed(@JsonProperty("other") String name) {}

    record Aliased(@JsonAlias("other") String name) {}

    @JsonIgnoreProperties("name")
    record Ignored(String name) {}

    @JsonIgnoreProperties("name")
    interface Named {}

    record OfIgnored(String name) implements Named {}

    record OfAnything(Object value) {}

    record OfItself(@Nullable OfItself inner) {}

    record OfOptional(Optional<String> name) {}

    @Test
    void a_record_of_which_jackson_may_know_more_is_left_to_it() {
        for (var type : List.of(
                Renamed.class,
                Aliased.class,
                Ignored.class,
                OfIgnored.class,
                OfAnything.class,
                OfItself.class,
                OfOptional.class,
                String.class)) {
            assertThat(reader(type)).as(type.getSimpleName()).isEmpty();
        }
    }

    record Within(int number, List<Integer> numbers, Map<String, Long> map) {}

    @Test
    void what_is_nested_and_what_is_left_out_is_as_jackson_has_it() {
        var reader = reader(Within.class).orElseThrow();
        for (var json : List.of(
                "{}",
                "{\"number\":1,\"numbers\":[1,2],\"map\":{\"a\":1}}",
                "{\"map\":{\"a\":1.5},\"numbers\":[]}",
                "{\"numbers\":[1,],\"number\":2}",
                "{\"number\":-0}",
                "{\"number\":-}",
                "{\"number\":1,}",
                "{\"number\":1}}",
                "{,}",
                "null")) {
            same(reader, Within.class, json.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(reader.read("{}".getBytes(StandardCharsets.UTF_8))).contains(JSON.readValue("{}", Within.class));
    }
}
