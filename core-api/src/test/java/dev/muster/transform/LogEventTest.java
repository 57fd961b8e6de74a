package dev.muster.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** An event in a transformation. */
class LogEventTest {

    private static final LogEvent EVENT = new LogEvent(
            7,
            "id",
            Instant.EPOCH,
            "item",
            "item/a",
            "ItemCounted",
            "1",
            json("{\"count\": 1.50, \"big\":12345678901234567890.12345678901234567890}"),
            json("{\"actor\":\"ada\"}"));

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    @Test
    void what_is_changed_is_changed_and_numbers_keep_their_digits() {
        var changed = EVENT.withData(data -> data.put("unit", "kg")).withMeta(meta -> meta.remove("actor"));
        assertThat(text(changed.payload()))
                .isEqualTo("{\"count\":1.50,\"big\":12345678901234567890.12345678901234567890,\"unit\":\"kg\"}");
        assertThat(text(changed.metaData())).isEqualTo("{}");
        assertThat(changed.id()).isEqualTo("id");
        assertThat(changed.position()).isEqualTo(7);
    }

    @Test
    void what_is_not_changed_keeps_its_bytes() {
        var changed = EVENT.withId("other")
                .withTime(Instant.MAX)
                .withEntity("thing", "thing/b")
                .withType("ThingCounted", "2");
        assertThat(changed.payload()).isSameAs(EVENT.payload());
        assertThat(changed.metaData()).isSameAs(EVENT.metaData());
        assertThat(changed)
                .isEqualTo(new LogEvent(
                        7,
                        "other",
                        Instant.MAX,
                        "thing",
                        "thing/b",
                        "ThingCounted",
                        "2",
                        EVENT.payload(),
                        EVENT.metaData()));
    }

    @Test
    void what_is_looked_at_can_be_changed_without_changing_the_event() {
        EVENT.data().removeAll();
        EVENT.meta().removeAll();
        assertThat(EVENT.data().has("count")).isTrue();
        assertThat(EVENT.meta().has("actor")).isTrue();
    }
}
