package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.Messages;
import dev.muster.task.TaskCommand;
import dev.muster.task.TaskEvent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Whatever is written without Jackson is what Jackson writes, byte by byte. */
class QuickJsonTest {

    private static final JsonMapper JSON =
            JsonMappers.events(JsonMapper.builder()).build();

    private final QuickJson quick = new QuickJson(JSON);
    private final Random random = new Random(5);

    static Collection<Class<?>> messages() {
        return Messages.all();
    }

    private void same(@Nullable Object value) {
        assertThat(new String(quick.bytes(value), StandardCharsets.UTF_8))
                .isEqualTo(new String(JSON.writeValueAsBytes(value), StandardCharsets.UTF_8));
        assertThat(quick.text(value)).isEqualTo(JSON.writeValueAsString(value));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void every_message_is_written_as_by_jackson(Class<?> type) {
        same(Samples.full(type));
        same(Samples.least(type));
    }

    static Collection<Class<?>> ofTasks() {
        return MessageNames.below(TaskEvent.class, TaskCommand.class);
    }

    @ParameterizedTest
    @MethodSource("ofTasks")
    void what_is_about_tasks_needs_no_jackson(Class<?> type) {
        assertThat(WrittenRecord.of(type, new WrittenValues(JSON))).isPresent();
    }

    enum Mood {
        @JsonProperty("good")
        GOOD,
        BAD {
            @Override
            public String toString() {
                return "b";
            }
        }
    }

    record Place(int number, Optional<String> none) {}

    record Everything(
            String text,
            @Nullable Long number,
            int small,
            boolean truth,
            @Nullable BigDecimal decimal,
            Instant at,
            Duration took,
            Mood mood,
            @Nullable JsonNode node,
            List<Set<Integer>> lists) {}

    private Everything everything(String text, @Nullable BigDecimal decimal, Instant at, Duration took) {
        return new Everything(
                text,
                random.nextLong() >> random.nextInt(64),
                random.nextInt(),
                random.nextBoolean(),
                decimal,
                at,
                took,
                Mood.values()[random.nextInt(2)],
                random.nextBoolean() ? null : JsonNodeFactory.instance.nullNode(),
                List.of(Set.of(), Set.of(random.nextInt(20))));
    }

    @Test
    void values_of_all_kinds_are_written_as_by_jackson() {
        assertThat(WrittenRecord.of(Everything.class, new WrittenValues(JSON))).isPresent();
        for (int i = 0; i < 5_000; i++) {
            var at = Instants.any(random, i);
            var nanos = random.nextInt(1_000_000_000);
            var decimal = i % 3 == 0 ? null : BigDecimal.valueOf(random.nextInt(1_000_000), random.nextInt(-5, 12));
            same(everything(text(), decimal, at, Duration.ofSeconds(random.nextInt(100_000), nanos)));
        }
        same(everything("", BigDecimal.ZERO, Instant.MAX, Duration.ZERO));
        same(everything("", new BigDecimal("1E+3"), Instant.MIN, Duration.ofDays(-1)));
        same(everything("", null, Instant.EPOCH.minusMillis(1), Duration.ofNanos(-1)));
        for (var at : List.of("0999-12-31T23:59:59Z", "1000-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z")) {
            same(everything("", null, Instant.parse(at), Duration.ZERO));
            same(everything("", null, Instant.parse(at).plusMillis(1), Duration.ZERO));
        }
    }

    /** Of characters that are written otherwise, and some that are not. */
    private String text() {
        var signs = "ab\"\\/\n\r\t\b\f\u0000\u001f\u007f\u0080äé\u2028\uffff\ud83d\ude00 {}[]:,'<>&=";
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            var sign = signs.codePointAt(random.nextInt(signs.length()));
            text.appendCodePoint(Character.isBmpCodePoint(sign) && Character.isSurrogate((char) sign) ? 'x' : sign);
        }
        return text.toString();
    }

    @Test
    void metadata_is_written_as_by_jackson() {
        for (int i = 0; i < 2_000; i++) {
            var entries = new HashMap<String, @Nullable Object>();
            for (int n = random.nextInt(12); n > 0; n--) {
                entries.put(text(), value());
            }
            same(MetaData.from(entries));
        }
        same(MetaData.emptyInstance());
        same(PlainMetaData.read("{\"b\":\"x\",\"a\":1,\"b\":true}".getBytes(StandardCharsets.UTF_8))
                .orElseThrow());
    }

    private @Nullable Object value() {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextInt();
            case 2 -> random.nextBoolean();
            case 3 -> 0.5;
            case 4 -> random.nextInt(5) == 0 ? null : List.of("a");
            default -> text();
        };
    }

    record OfGetter(String name) {
        public String getMore() {
            return "more";
        }
    }

    record OfQuestion(String name) {
        public boolean isLong() {
            return name.length() > 3;
        }
    }

    record Renamed(@JsonProperty("other") String name) {}

    record OfItself(@Nullable OfItself inner) {}

    record OfSecret(@Secret String name) {}

    record OfValue(@JsonValue String name) {}

    record OfRefusal(String name) {
        @Override
        public String name() {
            return name.isEmpty() ? "empty" : name;
        }
    }

    @Test
    void what_jackson_knows_more_of_is_left_to_it() {
        for (var each : Arrays.asList(
                new OfGetter("a"),
                new OfQuestion("a"),
                new Renamed("a"),
                new OfItself(new OfItself(null)),
                new OfSecret("a"),
                new OfValue("a"),
                new Place(1, Optional.empty()),
                new TreeMap<>(Map.of("b", 1, "a", 2)),
                List.of("a"),
                "a",
                7,
                null)) {
            same(each);
            assertThat(each == null ? Optional.empty() : WrittenRecord.of(each.getClass(), new WrittenValues(JSON)))
                    .isEmpty();
        }
        same(new OfRefusal(""));
    }

    @Test
    void a_list_with_nothing_in_a_place_is_written_as_by_jackson() {
        record OfList(List<String> names) {}
        same(new OfList(Arrays.asList("a", null)));
    }
}
