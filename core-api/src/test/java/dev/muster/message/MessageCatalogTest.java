package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class MessageCatalogTest {

    record ItemId(@JsonValue String value) implements EntityId {
        @Override
        public String type() {
            return "item";
        }
    }

    @Description("Make an item")
    record MakeItem(
            @TargetAggregateIdentifier ItemId itemId,
            ItemId agentId,
            @Description("Its name") String title) {}

    @RequiresRole(Role.OPERATOR)
    record MoveItem(@TargetAggregateIdentifier ItemId itemId, ItemId agentId) {}

    @RequiresRole(Role.SYSTEM)
    record SweepItems() {}

    record FindItems(@Nullable Integer limit) {}

    @RequiresRole(Role.SYSTEM)
    record FindLostItems() {}

    record Item(ItemId itemId, String title) {}

    @Revision("2")
    record ItemMade(ItemId itemId, String title) {}

    static final class Elsewhere {
        record MakeItem() {}
    }

    interface Handlers {
        Page<Item> page();

        CompletableFuture<Optional<Item>> later();

        CompletableFuture<Void> nothing();
    }

    private static Type declared(String method) {
        try {
            return Handlers.class.getDeclaredMethod(method).getGenericReturnType();
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private final MessageCatalog catalog = MessageCatalog.builder()
            .command(MoveItem.class, false, void.class)
            .command(MakeItem.class, true, ItemId.class)
            .command(SweepItems.class, false, null)
            .query(FindLostItems.class, Item.class)
            .query(FindItems.class, declared("page"))
            .event(ItemMade.class)
            .build();

    @Test
    void a_command_is_described_by_its_record() {
        var command = catalog.command("make-item").orElseThrow();

        assertThat(command.name()).isEqualTo("MakeItem");
        assertThat(command.path()).isEqualTo("/api/commands/make-item");
        assertThat(command.description()).isEqualTo("Make an item");
        assertThat(command.role()).isEqualTo(Role.ANYBODY);
        assertThat(command.payload()).isEqualTo(MakeItem.class);
        assertThat(command.target()).contains(new CommandEntry.Target("itemId", ItemId.class));
        assertThat(command.creates()).isTrue();
        assertThat(command.result()).contains(ItemId.class);
    }

    @Test
    void what_is_not_described_is_called_by_its_name_in_words() {
        assertThat(catalog.command("sweep-items").orElseThrow().description()).isEqualTo("Sweep items");
    }

    @Test
    void the_edge_fills_in_the_target_of_what_is_created_and_the_agent_who_asks() {
        assertThat(required("make-item")).containsExactly("title");
    }

    @Test
    void an_operator_names_target_and_agent() {
        assertThat(required("move-item")).containsExactly("itemId", "agentId");
    }

    @Test
    void a_command_need_not_have_target_or_result() {
        var command = catalog.command("sweep-items").orElseThrow();

        assertThat(command.target()).isEmpty();
        assertThat(command.result()).isEmpty();
        assertThat(command.resultSchema()).isEmpty();
        assertThat(catalog.command("move-item").orElseThrow().result()).isEmpty();
    }

    @Test
    void a_query_answers_with_a_page_of_its_items() {
        var query = catalog.query("find-items").orElseThrow();

        assertThat(query.path()).isEqualTo("/api/queries/find-items");
        assertThat(query.result()).isEqualTo(declared("page"));
        assertThat(query.resultSchema()).isEqualTo(json("""
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": {
                   "items": {"type": "array", "items": {"type": "object", "properties": {
                       "itemId": {"type": "string", "minLength": 1, "maxLength": 128},
                       "title": {"type": "string"}},
                     "required": ["itemId", "title"]}},
                   "next": {"type": "string"}},
                 "required": ["items"]}
                """));
    }

    @Test
    void a_future_or_an_optional_of_an_answer_counts_as_the_answer() {
        var later = MessageCatalog.builder()
                .command(MakeItem.class, true, declared("nothing"))
                .query(FindItems.class, declared("later"))
                .build();

        assertThat(later.query("find-items").orElseThrow().result()).isEqualTo(Item.class);
        assertThat(later.command("make-item").orElseThrow().result()).isEmpty();
    }

    @Test
    void a_query_without_an_answer_is_refused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> MessageCatalog.builder().query(FindItems.class, void.class))
                .withMessageContaining("FindItems");
    }

    @Test
    void an_event_has_the_revision_of_its_shape() {
        assertThat(catalog.event("ItemMade").orElseThrow().revision()).isEqualTo("2");
    }

    @Test
    void the_same_again_changes_nothing_and_what_differs_is_refused() {
        var builder = MessageCatalog.builder()
                .command(MakeItem.class, true, ItemId.class)
                .command(MakeItem.class, true, ItemId.class);

        assertThatIllegalStateException()
                .isThrownBy(() -> builder.command(MakeItem.class, true, Item.class))
                .withMessageContaining("MakeItem");
    }

    @Test
    void a_schema_is_made_once() {
        var command = catalog.command("make-item").orElseThrow();

        assertThat(command.schema()).isSameAs(command.schema());
    }

    @Test
    void what_is_not_known_is_not_found() {
        assertThat(catalog.command("MakeItem")).isEmpty();
        assertThat(catalog.query("make-item")).isEmpty();
        assertThat(catalog.event("item-made")).isEmpty();
    }

    @Test
    void messages_are_listed_in_the_order_of_their_names() {
        assertThat(catalog.commands())
                .extracting(CommandEntry::name)
                .containsExactly("MakeItem", "MoveItem", "SweepItems");
        assertThat(catalog.queries()).extracting(QueryEntry::name).containsExactly("FindItems", "FindLostItems");
    }

    @Test
    void edges_are_offered_all_but_what_only_the_system_sends() {
        var json = catalog.toJson();

        assertThat(json.get("commands").valueStream().map(c -> c.get("name").stringValue()))
                .containsExactly("MakeItem", "MoveItem");
        assertThat(json.get("queries").valueStream().map(q -> q.get("name").stringValue()))
                .containsExactly("FindItems");
        assertThat(json.get("events").valueStream().map(e -> e.get("name").stringValue()))
                .containsExactly("ItemMade");
    }

    @Test
    void a_command_is_offered_with_all_that_a_client_needs() {
        var command = (ObjectNode) catalog.toJson().get("commands").get(1);
        command.remove("schema");

        assertThat(command).isEqualTo(json("""
                {"name": "MoveItem", "path": "/api/commands/move-item", "description": "Move item",
                 "role": "operator", "creates": false, "target": "itemId"}
                """));
    }

    @Test
    void two_messages_of_one_name_are_refused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> MessageCatalog.builder()
                        .command(MakeItem.class, true, null)
                        .command(Elsewhere.MakeItem.class, true, null))
                .withMessageContaining(MakeItem.class.getName())
                .withMessageContaining(Elsewhere.MakeItem.class.getName())
                .withMessageContaining("@MessageName");
    }

    @Test
    void two_messages_of_one_name_are_refused_also_where_they_are_of_different_kinds() {
        var builder =
                MessageCatalog.builder().command(MakeItem.class, true, null).event(Elsewhere.MakeItem.class);

        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("MakeItem");
    }

    @Test
    void a_message_may_be_added_again_if_nothing_about_it_differs() {
        var builder =
                MessageCatalog.builder().query(FindItems.class, Item.class).query(FindItems.class, Item.class);

        assertThat(builder.build().queries()).hasSize(1);
        assertThatIllegalStateException()
                .isThrownBy(() -> builder.query(FindItems.class, ItemId.class))
                .withMessageContaining("FindItems");
    }

    @Test
    void what_is_built_does_not_change_with_its_builder() {
        var builder = MessageCatalog.builder().event(ItemMade.class);
        var built = builder.build();

        builder.command(MakeItem.class, true, null);

        assertThat(built.commands()).isEmpty();
    }

    private Iterable<String> required(String command) {
        return catalog.command(command)
                .orElseThrow()
                .schema()
                .get("required")
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
