package dev.muster.view;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The position of the last item of a page, as a client hands it back: JSON in Base64 for URLs. */
final class Cursor {

    /** Escaped, since a key may have half of a surrogate pair in it, which no encoding of characters bears. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Cursor() {}

    /** @param order the columns that the position is one of, before the key */
    static String write(List<String> order, List<@Nullable Object> position) {
        var content = new ArrayList<@Nullable Object>(position);
        content.add(0, String.join(",", order));
        var json = JSON.writeValueAsString(content).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
    }

    /** @throws dev.muster.message.InvalidField if it is none of that order */
    static List<@Nullable Object> read(List<String> order, String cursor) {
        try {
            var json = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            var content = JSON.readValue(json, Object[].class);
            if (content == null
                    || content.length == 0
                    || !String.join(",", order).equals(content[0])) {
                throw ColumnValues.notACursor();
            }
            return new ArrayList<>(Arrays.asList(content).subList(1, content.length));
        } catch (IllegalArgumentException | JacksonException e) {
            throw ColumnValues.notACursor();
        }
    }
}
