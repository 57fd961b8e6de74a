package dev.muster.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.message.JsonMappers;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CanonicalJsonTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    record Named(String name) {}

    record Both(
            int zebra,
            String apple,
            @Nullable String none,
            Set<Named> set,
            Map<Object, Object> map,
            Instant at,
            Duration time) {}

    private static String text(Object value) {
        return new String(CanonicalJson.bytes(value), StandardCharsets.UTF_8);
    }

    @Property(tries = 500)
    void it_is_what_the_reference_writes(@ForAll("json") Object value) throws IOException {
        var json = JSON.writeValueAsString(value);
        var reference = new JsonCanonicalizer("[" + json + "]").getEncodedString();
        assertThat("[" + text(JSON.readTree(json)) + "]").isEqualTo(reference);
        assertThat("[" + text(value) + "]").isEqualTo(reference);
    }

    @Provide
    Arbitrary<Object> json() {
        var texts = Arbitraries.strings()
                .withCharRange('\u0000', '\u00ff')
                .withChars("\u20ac\ufb33\u05d3")
                .ofMaxLength(8)
                .map(text -> text + "\uD83D\uDE02");
        Arbitrary<Object> leaf = Arbitraries.oneOf(
                texts.asGeneric(),
                Arbitraries.longs().between(-(1L << 53), 1L << 53).asGeneric(),
                Arbitraries.doubles().asGeneric(),
                Arbitraries.integers().map(bits -> (double) bits / 1000).asGeneric(),
                Arbitraries.of(true, false).asGeneric());
        return Arbitraries.recursive(
                () -> leaf,
                inner -> Arbitraries.oneOf(
                        inner.list().ofMaxSize(4).asGeneric(),
                        Arbitraries.maps(texts, inner).ofMaxSize(4).asGeneric()),
                1,
                3);
    }

    @Test
    void what_is_absent_is_left_out_and_names_are_in_order() {
        var both = new Both(
                1, "a", null, Set.of(), Map.of(), Instant.parse("2026-01-31T12:00:00.5Z"), Duration.ofSeconds(90));
        assertThat(text(both))
                .isEqualTo("{\"apple\":\"a\",\"at\":\"2026-01-31T12:00:00.500Z\",\"map\":{},\"set\":[],"
                        + "\"time\":\"PT1M30S\",\"zebra\":1}");
    }

    @Test
    void names_of_any_map_are_in_order_whatever_their_class() {
        var map = new HashMap<Object, Object>();
        map.put(10L, "ten");
        map.put(9L, "nine");
        assertThat(text(map)).isEqualTo("{\"10\":\"ten\",\"9\":\"nine\"}");
    }

    @Test
    void a_set_has_no_order() {
        var names = List.of(new Named("c"), new Named("a"), new Named("b"));
        var forth = new LinkedHashSet<>(names);
        var back = new LinkedHashSet<>(List.of(new Named("b"), new Named("a"), new Named("c")));
        assertThat(text(forth)).isEqualTo(text(back)).isEqualTo("[{\"name\":\"a\"},{\"name\":\"b\"},{\"name\":\"c\"}]");
        assertThat(text(new ArrayList<>(forth))).isNotEqualTo(text(new ArrayList<>(back)));
    }

    @Test
    void texts_of_a_set_are_in_the_order_of_the_texts_whatever_escapes_they_need() {
        assertThat(text(new LinkedHashSet<>(List.of("b", "a\"", "a!", "a", "\u20ac"))))
                .isEqualTo("[\"a\",\"a!\",\"a\\\"\",\"b\",\"\u20ac\"]");
        var sets = new LinkedHashSet<Set<String>>(List.of(new LinkedHashSet<>(List.of("d", "c")), Set.of("b")));
        assertThat(text(sets)).isEqualTo("[[\"b\"],[\"c\",\"d\"]]");
    }

    record Arrays(
            int[] ints, long[] longs, double[] doubles, String[] texts, byte[] bytes, char[] chars, float[] floats) {}

    @Test
    void arrays_are_written_as_lists_are_and_bytes_as_text() {
        var arrays = new Arrays(
                new int[] {1},
                new long[] {2},
                new double[] {3.0},
                new String[] {"a"},
                new byte[] {1, 2},
                new char[] {'b'},
                new float[] {0.5f});
        assertThat(text(arrays))
                .isEqualTo("{\"bytes\":\"AQI=\",\"chars\":\"b\",\"doubles\":[3],\"floats\":[0.5],\"ints\":[1],"
                        + "\"longs\":[2],\"texts\":[\"a\"]}");
    }

    @Property(tries = 200)
    void the_json_beside_the_hash_says_the_same_and_keeps_the_order(@ForAll("json") Object value) {
        var json = CanonicalJson.element("key", value).json();
        assertThat(json)
                .isEqualTo(JsonMappers.events(JsonMapper.builder()).build().writeValueAsString(value));
        var unordered = new LinkedHashSet<>(List.of("b", "a"));
        assertThat(CanonicalJson.element("key", unordered).json()).isEqualTo("[\"b\",\"a\"]");
    }

    @Test
    void the_hash_is_of_the_key_and_the_view() {
        assertThat(CanonicalJson.hash("k", new Named("n")))
                .isEqualTo(Sha256.of("[\"k\",{\"name\":\"n\"}]".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void numbers_that_are_equal_are_written_alike_and_none_is_rounded() {
        assertThat(text(1.0)).isEqualTo(text(1)).isEqualTo(text(new BigDecimal("1.00")));
        assertThat(text(0.1f)).isEqualTo(text(0.1)).isEqualTo("0.1");
        assertThat(text(-0.0)).isEqualTo("0");
        assertThat(text((1L << 53) + 1)).isEqualTo("9007199254740993");
        assertThat(text(new BigInteger("123456789012345678901"))).isEqualTo("123456789012345678901");
        assertThat(text(new BigDecimal("0.12345678901234567890123"))).isEqualTo("0.12345678901234567890123");
    }
}
