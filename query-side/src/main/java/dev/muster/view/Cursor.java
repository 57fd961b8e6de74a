package dev.muster.view;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The position of the last item of a page, as a client hands it back: JSON in Base64 for URLs. */
final class Cursor {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Cursor() {}

    static String write(List<@Nullable Object> position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(position));
    }

    /** @throws dev.muster.message.InvalidField if it is none */
    static List<@Nullable Object> read(String cursor) {
        try {
            var json = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            var position = new ArrayList<@Nullable Object>();
            for (var value : JSON.readValue(json, Object[].class)) {
                position.add(value);
            }
            return position;
        } catch (IllegalArgumentException | JacksonException | NullPointerException e) {
            throw ColumnValues.notACursor();
        }
    }
}
