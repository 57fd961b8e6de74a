package dev.muster.view;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.message.InvalidField;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What every store of views promises. */
abstract class ViewStoreContract {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    final ViewChanges changes = new ViewChanges();
    ViewStores stores;
    ViewStore<Item> items;

    abstract ViewStores open(ViewChanges changes) throws Exception;

    @BeforeEach
    void openStores() throws Exception {
        stores = open(changes);
        items = stores.open(Item.DEFINITION);
    }

    @Test
    void a_view_is_got_as_it_was_put() {
        var data = JsonMapper.shared()
                .readTree("{\"a\":[1,2.5,null,{}],\"b\":\"\\u00e9\\ud83d\\ude00\",\"c\":12345678901234567890}");
        var full = new Item("a", "text", 1L << 60, NOON.plusNanos(1), true, Set.of("x", "y"), data);
        items.put(full);
        items.put(Item.of("b"));
        assertThat(items.get("a")).contains(full);
        assertThat(items.get("b")).contains(Item.of("b"));
        assertThat(items.get("c")).isEmpty();
    }

    @Test
    void a_long_view_is_kept_whole() {
        var deep = JsonMapper.shared().createArrayNode().add("ä".repeat(2_000_000));
        items.put(Item.of("a").data(deep));
        assertThat(items.get("a")).contains(Item.of("a").data(deep));
    }

    @Test
    void a_view_replaces_the_one_of_its_key_with_all_its_columns() {
        items.put(Item.of("a").text("old").number(1).names("x", "y"));
        items.put(Item.of("a").text("new").names("y", "z"));
        assertThat(items.all(Selection.all()))
                .containsExactly(Item.of("a").text("new").names("y", "z"));
        assertThat(items.count(Selection.all().where("text", "old"))).isZero();
        assertThat(items.count(Selection.all().where("number", 1L))).isZero();
        assertThat(items.count(Selection.all().having("names", "x"))).isZero();
        assertThat(items.count(Selection.all().having("names", "z"))).isOne();
    }

    @Test
    void an_update_changes_what_is_there_and_nothing_else() {
        items.put(Item.of("a").number(1));
        assertThat(items.update("a", item -> item.number(2))).isTrue();
        assertThat(items.update("b", item -> item.number(2))).isFalse();
        assertThat(items.all(Selection.all())).containsExactly(Item.of("a").number(2));
    }

    @Test
    void a_removed_view_is_found_by_nothing() {
        items.put(Item.of("a").text("t").names("x"));
        items.remove("a");
        items.remove("never there");
        assertThat(items.get("a")).isEmpty();
        assertThat(items.all(Selection.all())).isEmpty();
        assertThat(items.count(Selection.all().having("names", "x"))).isZero();
        items.put(Item.of("a").names("x"));
        assertThat(items.count(Selection.all().having("names", "x"))).isOne();
    }

    @Test
    void each_type_of_column_is_compared_by_its_values() {
        items.put(Item.of("a").text("a").number(-1).time(NOON).names("x"));
        items.put(Item.of("b")
                .text("b")
                .number(0)
                .time(NOON.plusMillis(1))
                .flagged()
                .names("x", "y"));
        items.put(Item.of("c"));
        assertThat(selected(Selection.all().where("text", "a"))).containsExactly("a");
        assertThat(selected(Selection.all().atMost("text", "a"))).containsExactly("a");
        assertThat(selected(Selection.all().atLeast("text", "aa"))).containsExactly("b");
        assertThat(selected(Selection.all().where("number", 0L))).containsExactly("b");
        assertThat(selected(Selection.all().atMost("number", -1L))).containsExactly("a");
        assertThat(selected(Selection.all().atLeast("number", -1L))).containsExactly("a", "b");
        assertThat(selected(Selection.all().where("time", NOON))).containsExactly("a");
        assertThat(selected(Selection.all().atMost("time", NOON))).containsExactly("a");
        assertThat(selected(Selection.all().atLeast("time", NOON.plusMillis(1))))
                .containsExactly("b");
        assertThat(selected(Selection.all().where("flag", true))).containsExactly("b");
        assertThat(selected(Selection.all().where("flag", false))).containsExactly("a", "c");
        assertThat(selected(Selection.all().having("names", "x"))).containsExactly("a", "b");
        assertThat(selected(Selection.all().having("names", "y"))).containsExactly("b");
        assertThat(selected(Selection.all().having("names", "X"))).isEmpty();
        assertThat(selected(
                        Selection.all().having("names", "x").where("flag", true).where("text", "a")))
                .isEmpty();
        assertThat(selected(Selection.all().where("text", null).having("names", null)))
                .containsExactly("a", "b", "c");
    }

    @Test
    void the_most_distant_times_are_kept_apart_from_near_ones() {
        items.put(Item.of("a").time(Instant.MIN));
        items.put(Item.of("b").time(NOON));
        items.put(Item.of("c").time(Instant.MAX));
        assertThat(selected(Selection.all().orderBy("time"))).containsExactly("a", "b", "c");
        assertThat(selected(Selection.all().atMost("time", NOON))).containsExactly("a", "b");
        assertThat(items.get("c")).contains(Item.of("c").time(Instant.MAX));
    }

    @Test
    void the_order_is_total_and_absent_values_come_last() {
        items.put(Item.of("d"));
        items.put(Item.of("a"));
        items.put(Item.of("c").number(2).text("z"));
        items.put(Item.of("b").number(2));
        items.put(Item.of("e").number(1).flagged());
        assertThat(selected(Selection.all())).containsExactly("e", "b", "c", "a", "d");
        assertThat(selected(Selection.all().orderBy("text"))).containsExactly("c", "a", "b", "d", "e");
        assertThat(selected(Selection.all().orderBy("flag", "number"))).containsExactly("b", "c", "a", "d", "e");
    }

    @Test
    void texts_and_keys_are_ordered_as_strings_of_java_are() {
        var keys = List.of(
                "", " ", "A", "B", "a", "aa", "a/b", "Z", "z", "ä", "ß", "é", "e\u0301", "\uffee", "😀", "日本", "_", "-",
                "0", "10", "9");
        keys.forEach(key -> items.put(Item.of("k" + key).text(key)));
        assertThat(selected(Selection.all().orderBy("text")))
                .containsExactlyElementsOf(
                        keys.stream().sorted().map(key -> "k" + key).toList());
        assertThat(selected(Selection.all()))
                .containsExactlyElementsOf(
                        keys.stream().map(key -> "k" + key).sorted().toList());
        assertThat(paged(Selection.all(), 1)).isEqualTo(selected(Selection.all()));
        assertThat(selected(Selection.all().where("text", "a"))).containsExactly("ka");
    }

    @Test
    void long_keys_of_any_characters_are_kept_and_paged_by() {
        var keys = List.of(
                "x".repeat(300), "x".repeat(299) + "y", "日".repeat(300), "😀".repeat(150), "'; --\"\\%", "\ud800");
        keys.forEach(key -> items.put(Item.of(key)));
        keys.forEach(key -> assertThat(items.get(key)).contains(Item.of(key)));
        assertThat(paged(Selection.all(), 1))
                .containsExactlyElementsOf(keys.stream().sorted().toList());
    }

    @Test
    void pages_follow_each_other_without_gap_or_double_whatever_the_order() {
        for (int i = 0; i < 23; i++) {
            var item = Item.of("i" + i % 10 + "-" + i);
            item = i % 3 == 0 ? item : item.number(i % 4);
            item = i % 5 == 0 ? item : item.text("t" + i % 2);
            item = i % 4 == 0 ? item : item.time(NOON.plusSeconds(i % 3));
            items.put(i % 2 == 0 ? item : item.flagged());
        }
        for (var selection : List.of(
                Selection.all(),
                Selection.all().orderBy("text"),
                Selection.all().orderBy("text", "number", "time"),
                Selection.all().orderBy("flag", "time"),
                Selection.all().where("flag", true).orderBy("time", "text"))) {
            for (int limit : new int[] {1, 2, 7, 23, 500}) {
                assertThat(paged(selection, limit))
                        .as(selection + " by " + limit)
                        .isEqualTo(selected(selection));
            }
        }
    }

    @Test
    void the_last_page_has_no_next_even_if_it_is_full() {
        items.put(Item.of("a"));
        items.put(Item.of("b"));
        assertThat(items.find(Selection.all(), 2, null).next()).isNull();
        assertThat(items.find(Selection.all(), 1, null).next()).isNotNull();
        assertThatThrownBy(() -> items.find(Selection.all(), 0, null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_cursor_stays_good_while_others_write() {
        for (var id : List.of("b", "d", "f")) {
            items.put(Item.of(id));
        }
        var first = items.find(Selection.all(), 2, null);
        items.put(Item.of("a"));
        items.put(Item.of("e"));
        items.remove("d");
        assertThat(Item.ids(first.items())).containsExactly("b", "d");
        assertThat(Item.ids(items.find(Selection.all(), 5, first.next()).items()))
                .containsExactly("e", "f");
    }

    @Test
    void what_is_no_cursor_of_this_order_is_refused() {
        items.put(Item.of("a").number(1).text("1"));
        items.put(Item.of("b").number(2).text("2"));
        var cursor = items.find(Selection.all(), 1, null).next();
        for (var wrong :
                Arrays.asList("", "x", "!", "bnVsbA", "W10", "W251bGxd", "WzEsbnVsbF0", "e30", cursor + "AAAA")) {
            assertThatThrownBy(() -> items.find(Selection.all(), 1, wrong))
                    .as("cursor " + wrong)
                    .isInstanceOf(InvalidField.class);
        }
        for (var other : List.of("text", "time", "flag")) {
            assertThatThrownBy(() -> items.find(Selection.all().orderBy(other), 1, cursor))
                    .as("by " + other)
                    .isInstanceOf(InvalidField.class);
        }
    }

    @Test
    void views_are_counted_and_counted_by_a_column() {
        items.put(Item.of("a").text("x").number(1));
        items.put(Item.of("b").text("x").flagged());
        items.put(Item.of("c").text("y").flagged());
        items.put(Item.of("d"));
        assertThat(items.count(Selection.all())).isEqualTo(4);
        assertThat(items.count(Selection.all().where("flag", true))).isEqualTo(2);
        assertThat(items.countBy("text", Selection.all())).isEqualTo(Map.of("x", 2L, "y", 1L));
        assertThat(items.countBy("text", Selection.all().where("flag", true))).isEqualTo(Map.of("x", 1L, "y", 1L));
        assertThat(items.countBy("flag", Selection.all())).isEqualTo(Map.of("true", 2L, "false", 2L));
        assertThat(items.countBy("number", Selection.all())).isEqualTo(Map.of("1", 1L));
    }

    @Test
    void what_a_selection_asks_wrongly_is_refused_even_of_an_empty_store() {
        for (var wrong : List.of(
                Selection.all().where("nothing", "x"),
                Selection.all().having("nothing", "x"),
                Selection.all().having("text", "x"),
                Selection.all().where("names", "x"),
                Selection.all().where("number", "1"),
                Selection.all().where("text", 1L),
                Selection.all().atMost("time", 1L),
                Selection.all().where("flag", "true"),
                Selection.all().orderBy("nothing"),
                Selection.all().orderBy("names"))) {
            assertThatThrownBy(() -> items.find(wrong, 1, null))
                    .as("find " + wrong)
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> items.all(wrong)).as("all " + wrong).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> items.count(wrong))
                    .as("count " + wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> items.countBy("nothing", Selection.all()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing");
        assertThatThrownBy(() -> items.countBy("names", Selection.all())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_is_too_long_for_a_column_is_refused_by_name() {
        assertThatThrownBy(() -> items.put(Item.of("a").text("x".repeat(1001))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("text");
        assertThatThrownBy(() -> items.put(Item.of("a").names("x".repeat(1001))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names");
        assertThatThrownBy(() -> items.put(Item.of("x".repeat(601)))).isInstanceOf(IllegalArgumentException.class);
        items.put(Item.of("a").text("x".repeat(1000)).names("x".repeat(1000)));
        assertThat(items.count(Selection.all().where("text", "x".repeat(1000)).having("names", "x".repeat(1000))))
                .isOne();
    }

    @Test
    void a_name_that_is_given_twice_counts_once() {
        record Named(String id, List<String> names) {}
        var store = stores.open(
                ViewDefinition.of("named", 1, Named.class, Named::id).names("names", Named::names));
        store.put(new Named("a", List.of("x", "x", "y")));
        store.put(new Named("a", List.of("y", "x", "y")));
        assertThat(store.all(Selection.all().having("names", "x")))
                .containsExactly(new Named("a", List.of("y", "x", "y")));
    }

    @Test
    void the_same_definition_is_opened_once_and_another_of_its_name_is_refused() {
        assertThat(stores.open(Item.DEFINITION)).isSameAs(items);
        assertThatThrownBy(() -> stores.open(ViewDefinition.of("item", 1, Item.class, Item::id)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("item");
    }

    @Test
    void a_unit_of_work_reads_its_own_writes() {
        items.put(Item.of("a").number(1).text("old"));
        items.put(Item.of("b").number(2).text("old"));
        items.put(Item.of("d").number(4).text("old"));
        Events.batch(
                () -> {
                    items.put(Item.of("c").number(3).text("new"));
                    items.remove("b");
                },
                () -> {
                    items.update("a", item -> item.number(9).text("new"));
                    assertThat(items.get("b")).isEmpty();
                    assertThat(items.get("a")).contains(Item.of("a").number(9).text("new"));
                    assertThat(selected(Selection.all())).containsExactly("c", "d", "a");
                    assertThat(paged(Selection.all(), 1)).containsExactly("c", "d", "a");
                    assertThat(selected(Selection.all().where("text", "old"))).containsExactly("d");
                    assertThat(items.count(Selection.all().where("text", "new")))
                            .isEqualTo(2);
                    assertThat(items.countBy("text", Selection.all())).isEqualTo(Map.of("new", 2L, "old", 1L));
                },
                () -> assertThat(items.update("c", item -> item.names("x"))).isTrue());
        assertThat(selected(Selection.all())).containsExactly("c", "d", "a");
        assertThat(selected(Selection.all().having("names", "x"))).containsExactly("c");
    }

    @Test
    void nobody_else_sees_what_is_not_committed() {
        items.put(Item.of("a").number(1));
        Events.batch(
                () -> {
                    items.put(Item.of("a").number(2));
                    items.put(Item.of("b"));
                },
                () -> assertThat(CompletableFuture.supplyAsync(() -> items.all(Selection.all()))
                                .join())
                        .containsExactly(Item.of("a").number(1)));
        assertThat(selected(Selection.all())).containsExactly("a", "b");
    }

    @Test
    void a_failed_event_takes_its_whole_batch_back() {
        items.put(Item.of("a").number(1));
        Events.failing(() -> items.put(Item.of("b")), () -> {
            items.put(Item.of("a").number(2));
            items.remove("b");
            throw new IllegalStateException("a mistake of a projection");
        });
        assertThat(items.all(Selection.all())).containsExactly(Item.of("a").number(1));
        Events.batch(() -> items.update("a", item -> item.number(item.number() + 10)));
        assertThat(items.get("a")).contains(Item.of("a").number(11));
    }

    @Test
    void a_failed_event_that_is_passed_over_leaves_no_half() {
        Events.passingOver(
                new FailedEvents(),
                () -> items.put(Item.of("a").number(1)),
                () -> {
                    items.update("a", item -> item.number(2));
                    items.put(Item.of("b"));
                    items.update("a", item -> item.number(3));
                    throw new IllegalStateException("a mistake of a projection");
                },
                () -> assertThat(items.all(Selection.all()))
                        .containsExactly(Item.of("a").number(1)),
                () -> {
                    throw new IllegalStateException("before anything was written");
                },
                () -> items.put(Item.of("c")));
        assertThat(selected(Selection.all())).containsExactly("a", "c");
        assertThat(items.get("a")).contains(Item.of("a").number(1));
    }

    @Test
    void changes_are_told_once_they_are_committed_and_only_then() {
        var told = new ArrayList<String>();
        changes.listen((store, keys) -> told.add(store + " "
                + keys.stream().sorted().toList() + " " + items.get("a").isPresent()));
        Events.batch(() -> items.put(Item.of("a")), () -> {
            items.put(Item.of("b"));
            assertThat(told).isEmpty();
        });
        Events.failing(() -> items.put(Item.of("c")), () -> {
            throw new IllegalStateException("a mistake of a projection");
        });
        items.remove("b");
        assertThat(told).containsExactly("item [a, b] true", "item [b] true");
    }

    @Test
    void a_reader_sees_a_batch_whole_or_not_at_all() {
        var written = new AtomicBoolean();
        var reads = CompletableFuture.supplyAsync(() -> {
            var sizes = new ArrayList<Long>();
            while (!written.get()) {
                sizes.add(items.count(Selection.all()));
            }
            return sizes;
        });
        try {
            for (int batch = 0; batch < 10; batch++) {
                int from = batch * 50;
                Events.batch(() -> {
                    for (int i = from; i < from + 50; i++) {
                        items.put(Item.of("i" + i));
                    }
                });
            }
        } finally {
            written.set(true);
        }
        assertThat(reads.join()).allMatch(size -> size % 50 == 0).isSortedAccordingTo(comparing(size -> size));
        assertThat(items.count(Selection.all())).isEqualTo(500);
    }

    List<String> selected(Selection selection) {
        return Item.ids(items.all(selection));
    }

    private List<String> paged(Selection selection, int limit) {
        var ids = new ArrayList<String>();
        @Nullable String cursor = null;
        do {
            var page = items.find(selection, limit, cursor);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            ids.addAll(Item.ids(page.items()));
            cursor = page.next();
        } while (cursor != null);
        return ids;
    }
}
