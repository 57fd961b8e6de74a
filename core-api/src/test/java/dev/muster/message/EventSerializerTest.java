package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.Messages;
import dev.muster.agent.AgentEvent.AgentSuspended;
import dev.muster.agent.AgentId;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.Test;

class EventSerializerTest {

    @Revision("7")
    @MessageName("Renamed")
    record OfAnotherName(String text) {}

    private final EventSerializer serializer = EventSerializer.of(MessageNames.of(Messages.all()));

    @Test
    void an_event_is_stored_under_its_simple_name_and_revision() {
        var stored = serializer.serialize(new AgentSuspended(AgentId.of("a"), null), String.class);

        assertThat(stored.getType().getName()).isEqualTo("AgentSuspended");
        assertThat(stored.getType().getRevision()).isEqualTo("1");
    }

    @Test
    void a_field_without_a_value_is_absent() {
        var stored = serializer.serialize(new AgentSuspended(AgentId.of("a"), null), String.class);

        assertThat(stored.getData()).isEqualTo("{\"agentId\":\"a\"}");
    }

    @Test
    void an_event_of_a_pinned_name_is_stored_and_read_under_it() {
        var pinned = EventSerializer.of(MessageNames.of(List.of(OfAnotherName.class)));

        var stored = pinned.serialize(new OfAnotherName("x"), byte[].class);

        assertThat(stored.getType().getName()).isEqualTo("Renamed");
        assertThat(stored.getType().getRevision()).isEqualTo("7");
        assertThat(pinned.<byte[], Object>deserialize(stored)).isEqualTo(new OfAnotherName("x"));
    }

    @Test
    void what_a_later_version_added_is_passed_over() {
        var stored = new SimpleSerializedObject<>(
                "{\"agentId\":\"a\",\"mood\":{\"now\":\"bad\"}}", String.class, "AgentSuspended", "1");

        assertThat(serializer.<String, Object>deserialize(stored)).isEqualTo(new AgentSuspended(AgentId.of("a"), null));
    }

    @Test
    void an_event_whose_class_nobody_knows_keeps_its_name_and_what_it_says() {
        var stored = new SimpleSerializedObject<>("{\"door\":\"d1\"}", String.class, "DoorOpened", "1");

        var event = GenericEventMessage.asEventMessage(serializer.<String, Object>deserialize(stored));

        assertThat(EventContent.nameOf(event)).isEqualTo("DoorOpened");
        assertThat(EventContent.json(event).path("door").asString()).isEqualTo("d1");
    }

    @Test
    void metadata_is_read_as_it_was_written() {
        var metadata = MetaData.from(Map.of(
                MetaKeys.ACTOR,
                "operator:ann",
                MetaKeys.IMPORTED,
                true,
                MetaKeys.VERSION,
                7L,
                MetaKeys.WAIT_MILLIS,
                9_000_000_000L));

        var stored = serializer.serialize(metadata, byte[].class);

        assertThat(serializer.<byte[], Object>deserialize(stored)).isEqualTo(metadata);
    }

    /** Of texts, numbers and truth values there is a quick way; it must not differ from the one of any object. */
    @Test
    void metadata_is_the_same_on_the_quick_way_as_on_that_of_any_object() {
        for (var json : List.of(
                "{}",
                "{\"a\":\"\\u00e4 \\\"x\\\" \\n\",\"\":\"empty\"}",
                "{\"long\":1,\"longer\":9223372036854775807,\"less\":-3}",
                "{\"half\":0.5,\"much\":1e300,\"yes\":true,\"no\":false,\"none\":null}",
                "{\"in\":{\"side\":[1,\"x\",{}]},\"list\":[]}",
                " { \"twice\" : \"one\" , \"twice\" : \"two\" } ")) {
            var bytes = new SimpleSerializedObject<>(
                    json.getBytes(StandardCharsets.UTF_8), byte[].class, MetaData.class.getName(), null);
            var text = new SimpleSerializedObject<>(json, String.class, MetaData.class.getName(), null);

            assertThat(serializer.<byte[], MetaData>deserialize(bytes))
                    .as(json)
                    .isEqualTo(serializer.<String, MetaData>deserialize(text));
        }
    }

    @Test
    void a_whole_number_in_the_metadata_that_no_long_can_hold_is_kept() {
        var stored = serializer.serialize(MetaData.with("huge", new BigInteger("92233720368547758070")), byte[].class);

        assertThat(serializer.<byte[], MetaData>deserialize(stored).get("huge"))
                .isEqualTo(new BigInteger("92233720368547758070"));
    }

    @Test
    void metadata_that_is_no_json_or_ends_too_early_is_an_error() {
        for (var json : List.of("", "{\"a\":", "{\"a\":\"b\"", "{\"a\" \"b\"}", "{a:1}", "[]", "7")) {
            var bytes = new SimpleSerializedObject<>(
                    json.getBytes(StandardCharsets.UTF_8), byte[].class, MetaData.class.getName(), null);

            assertThatThrownBy(() -> serializer.deserialize(bytes)).as(json).isInstanceOf(SerializationException.class);
        }
    }
}
