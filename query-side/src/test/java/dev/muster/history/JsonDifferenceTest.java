package dev.muster.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.message.JsonMappers;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.StringReader;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Patches are applied by a library that knows nothing of this one. */
class JsonDifferenceTest {

    private static final JsonMapper JSON = JsonMappers.edges();

    private static String patch(String from, String to) {
        return JSON.writeValueAsString(JsonDifference.between(JSON.readTree(from), JSON.readTree(to)));
    }

    private static JsonValue value(String json) {
        // A patch is for objects and arrays alone there.
        try (var reader = Json.createReader(new StringReader("[" + json + "]"))) {
            return reader.readArray().get(0);
        }
    }

    private static JsonValue patched(String from, String patch) {
        var document = Json.createObjectBuilder().add("it", value(from)).build();
        return Json.createPatch(
                        value(patch.replace("\"path\":\"", "\"path\":\"/it")).asJsonArray())
                .apply(document)
                .get("it");
    }

    @Property(tries = 1_000)
    void the_patch_makes_the_one_the_other(@ForAll("values") String from, @ForAll("values") String to) {
        assertThat(patched(from, patch(from, to))).isEqualTo(value(to));
    }

    @Property(tries = 200)
    void what_is_the_same_has_no_difference(@ForAll("values") String value) {
        assertThat(patch(value, value)).isEqualTo("[]");
    }

    @Provide
    Arbitrary<String> values() {
        var leaf = Arbitraries.of("null", "true", "0", "1", "-2.5", "\"\"", "\"a\"", "12345678901", "[]", "{}");
        return Arbitraries.recursive(
                () -> leaf,
                inner -> Arbitraries.oneOf(
                        inner.list().ofMaxSize(4).map(all -> "[" + String.join(",", all) + "]"),
                        Arbitraries.maps(Arbitraries.of("a", "b", "a/b", "~", "0", ""), inner)
                                .ofMaxSize(4)
                                .map(JsonDifferenceTest::object)),
                0,
                3);
    }

    private static String object(java.util.Map<String, String> fields) {
        var text = new StringBuilder();
        fields.forEach((name, value) -> text.append(text.isEmpty() ? "" : ",")
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
        return "{" + text + "}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1} | {\"a\":2} | [{\"op\":\"replace\",\"path\":\"/a\",\"value\":2}]",
                "{\"a\":1} | {\"a\":1.0} | []",
                "{\"a\":1} | {\"a\":null} | [{\"op\":\"replace\",\"path\":\"/a\",\"value\":null}]",
                "{\"a/b\":1} | {} | [{\"op\":\"remove\",\"path\":\"/a~1b\"}]",
                "[1,2,3] | [1,3] | [{\"op\":\"remove\",\"path\":\"/1\"}]",
                "[1,3] | [1,2,3] | [{\"op\":\"add\",\"path\":\"/1\",\"value\":2}]",
                "[{\"a\":1},2] | [{\"a\":3},2] | [{\"op\":\"replace\",\"path\":\"/0/a\",\"value\":3}]"
            })
    void the_patch_names_no_more_than_what_changed(String from, String to, String patch) {
        assertThat(patch(from, to)).isEqualTo(patch);
    }
}
