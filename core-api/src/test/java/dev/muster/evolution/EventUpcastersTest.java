package dev.muster.evolution;

import static dev.muster.evolution.EventForm.event;
import static dev.muster.evolution.Reading.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.message.EventSerializer;
import dev.muster.message.MessageNames;
import dev.muster.message.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventMultiUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

/** What was stored in an earlier form is read in today's, and every part of it can be told from the others. */
class EventUpcastersTest {

    @Revision("3")
    record ItemCounted(String item, int grams) {}

    @Revision("1")
    record ItemPlaced(String item, String shelf) {}

    @Revision("1")
    record ItemChecked(String item) {}

    private static final Set<Class<?>> EVENTS = Set.of(ItemCounted.class, ItemPlaced.class, ItemChecked.class);

    private static List<? extends TrackedEventMessage<?>> read(
            String name, String revision, String json, EventUpcaster... chain) {
        return read(Stream.of(stored(0, name, revision, json)), chain);
    }

    private static List<? extends TrackedEventMessage<?>> read(
            Stream<TrackedDomainEventData<byte[]>> stored, EventUpcaster... chain) {
        var all = Stream.concat(Stream.of(chain), Stream.of(new CurrentForms(EVENTS)))
                .toList();
        return EventUtils.upcastAndDeserializeTrackedEvents(
                        stored, EventSerializer.of(MessageNames.of(EVENTS)), new EventUpcasterChain(all))
                .toList();
    }

    private static TrackedDomainEventData<byte[]> stored(
            long position, String name, @Nullable String revision, String json) {
        return new TrackedDomainEventData<>(
                new GlobalSequenceTrackingToken(position),
                new GenericDomainEventEntry<>(
                        "item",
                        "item/i",
                        position,
                        "e" + position,
                        Instant.EPOCH,
                        name,
                        revision,
                        json.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                        "{\"actor\":\"kim\"}".getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Object> payloads(List<? extends TrackedEventMessage<?>> events) {
        return events.stream().<Object>map(TrackedEventMessage::getPayload).toList();
    }

    private static List<String> identifiers(List<? extends TrackedEventMessage<?>> events) {
        return events.stream().map(TrackedEventMessage::getIdentifier).toList();
    }

    // ---- what can be declared

    @Test
    void an_event_goes_through_all_its_revisions_in_whatever_order_they_are_declared() {
        var upcasters = EventUpcasters.of(
                event("ItemCounted", "2")
                        .becomes(as("ItemCounted", "3")
                                .rename("kilos", "grams")
                                .change("grams", kilos -> IntNode.valueOf(1000 * kilos.intValue()))),
                event("ItemCounted", "1").becomes(as("ItemCounted", "2").rename("name", "item")));

        var read = read("ItemCounted", "1", "{'name':'bolt','kilos':2}", upcasters);

        assertThat(payloads(read)).containsExactly(new ItemCounted("bolt", 2000));
        assertThat(identifiers(read)).containsExactly("e0");
        assertThat(read.get(0).getMetaData()).containsEntry("actor", "kim");
    }

    @Test
    void an_event_gets_another_name() {
        var upcasters = EventUpcasters.of(event("Checked", "1").becomes(as("ItemChecked", "1")));

        assertThat(payloads(read("Checked", "1", "{'item':'bolt'}", upcasters)))
                .containsExactly(new ItemChecked("bolt"));
    }

    @Test
    void what_was_left_out_gets_the_value_that_it_meant() {
        var upcasters = EventUpcasters.of(
                event("ItemPlaced", "").becomes(as("ItemPlaced", "1").fill("shelf", StringNode.valueOf("floor"))));

        assertThat(payloads(read(
                        Stream.of(
                                stored(0, "ItemPlaced", null, "{'item':'bolt'}"),
                                stored(1, "ItemPlaced", null, "{'item':'nut','shelf':'b'}")),
                        upcasters)))
                .containsExactly(new ItemPlaced("bolt", "floor"), new ItemPlaced("nut", "b"));
    }

    @Test
    void an_event_is_dropped_and_the_others_keep_their_positions() {
        var upcasters = EventUpcasters.of(event("ItemLost", "1").isDropped());

        var read = read(
                Stream.of(
                        stored(0, "ItemChecked", "1", "{'item':'bolt'}"),
                        stored(1, "ItemLost", "1", "{}"),
                        stored(2, "ItemChecked", "1", "{'item':'nut'}")),
                upcasters);

        assertThat(read)
                .extracting(event -> event.trackingToken().position().orElseThrow())
                .containsExactly(0L, 2L);
    }

    @Test
    void what_no_change_is_declared_of_is_read_as_it_is() {
        assertThat(payloads(read("ItemChecked", "1", "{'item':'bolt'}", EventUpcasters.of())))
                .containsExactly(new ItemChecked("bolt"));
    }

    // ---- parts

    private static final Change SPLIT = event("ItemStored", "1")
            .becomes(
                    as("ItemChecked", "1").only("item"),
                    as("ItemPlaced", "1").only("item", "shelf").ifPresent("shelf"),
                    as("ItemCounted", "3").only("item", "grams"));

    @Test
    void a_split_event_is_read_as_parts_that_share_everything_but_their_identifier() {
        var read = read("ItemStored", "1", "{'item':'bolt','shelf':'a','grams':7}", EventUpcasters.of(SPLIT));

        assertThat(payloads(read))
                .containsExactly(new ItemChecked("bolt"), new ItemPlaced("bolt", "a"), new ItemCounted("bolt", 7));
        assertThat(identifiers(read)).containsExactly("e0", "e0~2", "e0~3");
        assertThat(read).allSatisfy(event -> {
            assertThat(event.trackingToken().position()).hasValue(0);
            assertThat(event.getMetaData()).containsEntry("actor", "kim");
        });
    }

    @Test
    void a_part_has_its_number_whether_or_not_the_one_before_is_there() {
        var read = read("ItemStored", "1", "{'item':'bolt','grams':7}", EventUpcasters.of(SPLIT));

        assertThat(identifiers(read)).containsExactly("e0", "e0~3");
    }

    @Test
    void what_is_split_off_later_leaves_the_numbers_of_earlier_parts_as_they_are() {
        var later = EventUpcasters.of(SPLIT, event("ItemChecked", "1").becomes(as("Checked", "2"), as("Seen", "1")));

        var read = read("ItemStored", "1", "{'item':'bolt','shelf':'a','grams':7}", later);

        assertThat(identifiers(read)).containsExactly("e0", "e0~4", "e0~2", "e0~3");
    }

    @Test
    void parts_that_an_upcaster_of_another_make_leaves_are_told_apart() {
        var foreign = new EventMultiUpcaster() {
            @Override
            protected boolean canUpcast(IntermediateEventRepresentation event) {
                return event.getType().getName().equals("Twice");
            }

            @Override
            protected Stream<IntermediateEventRepresentation> doUpcast(IntermediateEventRepresentation event) {
                var once =
                        event.upcastPayload(new SimpleSerializedType("ItemChecked", "1"), byte[].class, json -> json);
                return Stream.of(once, once, once);
            }
        };

        var read = read(
                Stream.of(stored(0, "Twice", "1", "{'item':'bolt'}"), stored(1, "Twice", "1", "{'item':'nut'}")),
                foreign);

        assertThat(identifiers(read)).containsExactly("e0", "e0~2", "e0~3", "e1", "e1~2", "e1~3");
    }

    @Test
    void an_identifier_tells_the_event_and_the_part() {
        assertThat(EventPart.parse("e0")).isEqualTo(new EventPart("e0", 1));
        assertThat(EventPart.parse("e0~12")).isEqualTo(new EventPart("e0", 12));
        assertThat(EventPart.parse("e0~12").identifier()).isEqualTo("e0~12");
        assertThat(List.of("e~", "e~x", "~2", "e~02", "e~99999999999"))
                .allSatisfy(other -> assertThat(EventPart.parse(other)).isEqualTo(new EventPart(other, 1)));
    }

    // ---- what is refused

    @Test
    void an_event_of_a_later_revision_is_refused_by_name_and_place() {
        assertThatThrownBy(() -> read(Stream.of(stored(7, "ItemCounted", "4", "{}")), EventUpcasters.of()))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.problem().code()).isEqualTo("event-revision-unknown");
                    assertThat(refusal.problem().detail())
                            .contains("ItemCounted", "item/i at version 7", "position 7", "(e7)")
                            .contains("of revision 4", "its revision is 3", "later version");
                });
    }

    @Test
    void an_event_of_an_earlier_revision_from_which_nothing_leads_is_refused() {
        assertThatThrownBy(() -> read("ItemCounted", "1", "{}", EventUpcasters.of()))
                .hasMessageContaining("No upcaster leads from that revision");
        assertThatThrownBy(() -> read(Stream.of(stored(0, "ItemPlaced", null, "{}")), EventUpcasters.of()))
                .hasMessageContaining("is of revision none");
    }

    @Test
    void two_changes_of_one_form_and_circles_are_refused() {
        var change = event("A", "1").becomes(as("B", "1"));
        assertThatThrownBy(() -> EventUpcasters.of(change, event("A", "1").isDropped()))
                .hasMessageContaining("Two changes begin with A 1");
        assertThatThrownBy(() -> EventUpcasters.of(change, event("B", "1").becomes(as("C", "1"), as("A", "1"))))
                .hasMessageContaining("becomes itself again");
    }

    // ---- fingerprint

    @Test
    void another_chain_has_another_fingerprint_and_the_order_of_declarations_is_none() {
        var one = event("A", "1").becomes(as("A", "2"));
        var two = event("B", "1").isDropped();
        var fingerprint = EventUpcasters.fingerprint(List.of(EventUpcasters.of(one, two)));

        assertThat(EventUpcasters.fingerprint(List.of(EventUpcasters.of(two, one))))
                .isEqualTo(fingerprint);
        assertThat(EventUpcasters.fingerprint(List.of(EventUpcasters.of(one)))).isNotEqualTo(fingerprint);
    }
}
