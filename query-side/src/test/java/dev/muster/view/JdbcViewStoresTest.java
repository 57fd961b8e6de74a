package dev.muster.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcViewStoresTest {

    record Part(String name) {}

    record Whole(String id, List<Part> parts) {}

    private record Old(String id, String a) {}

    private record New(String id, String b, Set<String> tags) {}

    private static final ViewDefinition<Old> OLD =
            ViewDefinition.of("thing", 1, Old.class, Old::id).text("a", Old::a).names("gone", old -> Set.of(old.a()));
    private static final ViewDefinition<New> NEW =
            ViewDefinition.of("thing", 1, New.class, New::id).text("b", New::b).names("tags", New::tags);

    @TempDir
    private Path folder;

    private Database database;

    @BeforeEach
    void open() throws SQLException {
        database = new Database(folder);
        database.execute("CREATE TABLE token (position BIGINT)", "INSERT INTO token VALUES (0)");
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private JdbcViewStores stores() {
        return new JdbcViewStores(database.connections, new ViewChanges());
    }

    private void moveToken() {
        try (var connection = database.connections.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE token SET position = position + 1");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String token() throws SQLException {
        return database.query("SELECT position FROM token").get(0);
    }

    @Test
    void views_are_there_when_they_are_opened_again() {
        stores().open(Item.DEFINITION).put(Item.of("a").names("x"));
        var again = stores().open(Item.DEFINITION);
        assertThat(again.all(Selection.all().having("names", "x")))
                .containsExactly(Item.of("a").names("x"));
    }

    @Test
    void connections_that_commit_by_themselves_are_left_so_and_half_a_view_is_never_written() throws SQLException {
        database.commitsByItself = true;
        var items = stores().open(Item.DEFINITION);
        items.put(Item.of("a").names("x"));
        database.execute("DROP TABLE view_item_names");
        assertThatThrownBy(() -> items.put(Item.of("b").names("x"))).isInstanceOf(ViewStoreException.class);
        assertThat(items.get("a")).isPresent();
        assertThat(items.get("b")).isEmpty();
    }

    @Test
    void views_and_token_are_committed_together() throws SQLException {
        var items = stores().open(Item.DEFINITION);
        Events.batch(() -> items.put(Item.of("a")), this::moveToken);
        assertThat(token()).isEqualTo("1");
        assertThat(items.get("a")).isPresent();
    }

    @Test
    void views_and_token_are_rolled_back_together() throws SQLException {
        var items = stores().open(Item.DEFINITION);
        Events.failing(() -> items.put(Item.of("a")), () -> {
            moveToken();
            CurrentUnitOfWork.get().onPrepareCommit(u -> {
                throw new IllegalStateException("after the views were written");
            });
        });
        assertThat(token()).isEqualTo("0");
        assertThat(items.get("a")).isEmpty();
    }

    @Test
    void a_write_while_the_unit_of_work_prepares_its_commit_is_not_lost() {
        var items = stores().open(Item.DEFINITION);
        Events.batch(() -> {
            items.put(Item.of("a"));
            CurrentUnitOfWork.get().onPrepareCommit(u -> items.put(Item.of("b")));
        });
        assertThat(stores().open(Item.DEFINITION).count(Selection.all())).isEqualTo(2);
    }

    @Test
    void a_write_after_the_commit_is_refused_rather_than_lost() {
        var items = stores().open(Item.DEFINITION);
        var refused = new Throwable[1];
        Events.batch(() -> CurrentUnitOfWork.get().afterCommit(u -> {
            try {
                items.put(Item.of("a"));
            } catch (IllegalStateException e) {
                refused[0] = e;
            }
        }));
        assertThat(refused[0]).hasMessageContaining("item");
    }

    @Test
    void a_commit_of_unknown_outcome_leaves_nothing_stale_at_hand() throws SQLException {
        var items = stores().open(Item.DEFINITION);
        Events.batch(() -> items.put(Item.of("a").number(1).names("x")));
        Events.failing(() -> items.update("a", item -> {
            CurrentUnitOfWork.get().onCommit(u -> {
                throw new IllegalStateException("the answer to the commit was lost");
            });
            return item.number(2).names("y");
        }));
        database.execute(
                "UPDATE view_item SET c_number = 2, doc = REPLACE(REPLACE(doc, '\"number\":1', '\"number\":2'), '\"x\"', '\"y\"')",
                "UPDATE view_item_names SET name = 'y'");
        Events.batch(() -> assertThat(items.update("a", item -> item.number(item.number() + 10)))
                .isTrue());
        assertThat(items.get("a")).contains(Item.of("a").number(12).names("y"));
        Events.batch(() -> items.put(Item.of("a").number(12).names("x")));
        assertThat(items.count(Selection.all().having("names", "y"))).isZero();
        assertThat(items.count(Selection.all().having("names", "x"))).isOne();
    }

    @Test
    void a_view_that_is_changed_in_place_is_written_all_the_same() {
        record Box(String id, List<String> content) {}
        var boxes = stores().open(ViewDefinition.of("box", 1, Box.class, Box::id));
        var box = new Box("a", new ArrayList<>(List.of("x")));
        Events.batch(() -> boxes.put(box));
        Events.batch(() -> {
            box.content().add("y");
            boxes.put(box);
        });
        assertThat(boxes.get("a")).contains(new Box("a", List.of("x", "y")));
    }

    @Test
    void views_of_another_shape_are_emptied_and_told_by_the_fingerprint() throws SQLException {
        var old = stores();
        old.open(OLD).put(new Old("1", "a"));
        var changed = stores();
        var things = changed.open(NEW);
        assertThat(things.all(Selection.all())).isEmpty();
        things.put(new New("2", "b", Set.of("x")));
        assertThat(things.all(Selection.all().where("b", "b").having("tags", "x")))
                .hasSize(1);
        assertThat(changed.fingerprint()).isNotEqualTo(old.fingerprint());
        assertThat(tables()).contains("VIEW_THING_TAGS").doesNotContain("VIEW_THING_GONE");
    }

    @Test
    void a_table_that_nothing_is_known_of_is_replaced() throws SQLException {
        database.execute("CREATE TABLE view_thing (k VARCHAR(600) PRIMARY KEY, c_old BIGINT, doc TEXT NOT NULL)");
        var things = stores().open(NEW);
        things.put(new New("1", "b", Set.of()));
        assertThat(things.count(Selection.all().where("b", "b"))).isOne();
    }

    @Test
    void clearing_throws_away_what_is_open_and_what_nobody_opens_any_more() throws SQLException {
        stores().open(OLD).put(new Old("1", "a"));
        var stores = stores();
        var items = stores.open(Item.DEFINITION);
        Events.batch(() -> items.put(Item.of("a").names("x")));
        stores.clear();
        assertThat(tables()).contains("VIEW_ITEM", "TOKEN").doesNotContain("VIEW_THING");
        Events.batch(() -> assertThat(items.get("a")).isEmpty());
        items.put(Item.of("b"));
        assertThat(stores().open(Item.DEFINITION).count(Selection.all())).isOne();
    }

    @Test
    void the_fingerprint_tells_every_change_of_a_shape_and_nothing_else() {
        var plain = ViewDefinition.of("v", 1, Item.class, Item::id);
        assertThat(List.of(
                        fingerprint(plain),
                        fingerprint(plain.text("a", Item::text)),
                        fingerprint(plain.number("a", Item::number)),
                        fingerprint(plain.text("b", Item::text)),
                        fingerprint(plain.text("a", Item::text).orderBy("a")),
                        fingerprint(ViewDefinition.of("v", 2, Item.class, Item::id)),
                        fingerprint(ViewDefinition.of("w", 1, Item.class, Item::id)),
                        fingerprint(ViewDefinition.of("v", 1, Old.class, Old::id))))
                .doesNotHaveDuplicates();
        assertThat(fingerprint(ViewDefinition.of("v", 1, Item.class, Item::id))).isEqualTo(fingerprint(plain));
    }

    @Test
    void views_that_would_share_a_table_are_refused() {
        var stores = stores();
        stores.open(Item.DEFINITION);
        assertThatThrownBy(() -> stores.open(ViewDefinition.of("item_names", 1, Item.class, Item::id)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("view_item_names");
    }

    @Test
    void names_that_are_none_of_a_table_or_a_column_are_refused() {
        for (@Nullable String name : List.of("", "Task", "a b", "a;drop", "1a", "x".repeat(31))) {
            assertThatThrownBy(() -> stores().open(ViewDefinition.of(name, 1, Item.class, Item::id)))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        var plain = ViewDefinition.of("v", 1, Item.class, Item::id).text("a", Item::text);
        for (var wrong : Map.of("double", plain.text("A", Item::text), "blank", plain.text("b c", Item::text))
                .entrySet()) {
            assertThatThrownBy(() -> stores().open(wrong.getValue()))
                    .as(wrong.getKey())
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> stores().open(plain.orderBy("nothing"))).isInstanceOf(IllegalArgumentException.class);
    }

    private String fingerprint(ViewDefinition<?> definition) {
        var stores = stores();
        stores.open(definition);
        return stores.fingerprint();
    }

    private List<String> tables() throws SQLException {
        return database.query("SELECT table_name FROM information_schema.tables WHERE table_schema = 'PUBLIC'");
    }
}
