package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.Messages;
import dev.muster.agent.AgentEvent.AgentSuspended;
import dev.muster.agent.AgentId;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Revision;
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
}
