package dev.muster.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.digest.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.messaging.DefaultInterceptorChain;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.junit.jupiter.api.Test;

/** Two folds of one history have one digest, however they were folded. */
class DigestTest {

    private static final int EVENTS = 2_300;

    /** What an event does to items; of few keys, so that most are changed again and again. */
    private record Change(String key, long number, boolean remove) {

        static List<Change> some(long seed) {
            var random = new Random(seed);
            var changes = new ArrayList<Change>();
            for (int i = 0; i < EVENTS; i++) {
                changes.add(new Change("k" + random.nextInt(40), random.nextInt(5), random.nextInt(10) == 0));
            }
            return changes;
        }

        void on(ViewStore<Item> items) {
            if (remove) {
                items.remove(key);
            } else {
                items.put(Item.of(key).number(number).names("b" + number, "a"));
            }
        }
    }

    private static EventMessage<?> event(int position) {
        return new GenericTrackedEventMessage<>(
                new GlobalSequenceTrackingToken(position), GenericEventMessage.asEventMessage("event " + position));
    }

    /** Folds some, in one unit of work. */
    private static void fold(JdbcViewStores stores, List<Change> changes, int from, int to) {
        var items = stores.open(Item.DEFINITION);
        var batch = new ArrayList<EventMessage<?>>();
        for (int position = from; position < to; position++) {
            batch.add(event(position));
        }
        Iterator<Change> each = changes.subList(from, to).iterator();
        var unitOfWork = new BatchingUnitOfWork<>(batch);
        var result = unitOfWork.executeWithResult(
                () -> new DefaultInterceptorChain<EventMessage<?>>(
                                unitOfWork, List.of(stores.marks().interceptor()), message -> {
                                    each.next().on(items);
                                    return "folded";
                                })
                        .proceed(),
                RollbackConfigurationType.ANY_THROWABLE);
        assertThat(result.optionalExceptionResult()).isEmpty();
    }

    private static Digest inOneStep(List<Change> changes, int to) {
        var stores = new InMemoryViewStores();
        var items = stores.open(Item.DEFINITION);
        changes.subList(0, to).forEach(change -> change.on(items));
        return stores.digest(to - 1);
    }

    @Property(tries = 8)
    void the_database_has_the_digest_of_a_fold_in_memory_at_each_mark_and_at_the_end(@ForAll long seed)
            throws SQLException, IOException {
        var changes = Change.some(seed);
        var random = new Random(seed + 1);
        var folder = Files.createTempDirectory("muster-digest");
        try (var database = new Database(folder)) {
            var stores = new JdbcViewStores(database.connections, new ViewChanges());
            for (int from = 0; from < EVENTS; ) {
                var to = Math.min(EVENTS, from + 1 + random.nextInt(700));
                fold(stores, changes, from, to);
                if (random.nextInt(3) == 0) {
                    stores = new JdbcViewStores(database.connections, new ViewChanges());
                }
                from = to;
            }
            stores.open(Item.DEFINITION);
            assertThat(stores.recorded(998)).isEmpty();
            assertThat(stores.recorded(999).orElseThrow().views())
                    .isEqualTo(inOneStep(changes, 1_000).views());
            assertThat(stores.recorded(1_999).orElseThrow().all())
                    .isEqualTo(inOneStep(changes, 2_000).all());
            assertThat(stores.digest()).isEqualTo(inOneStep(changes, EVENTS));
        } finally {
            delete(folder);
        }
    }

    @Property(tries = 30)
    void it_is_the_same_in_one_step_or_in_many_and_in_a_fork(@ForAll long seed) {
        var changes = Change.some(seed);
        var random = new Random(seed + 1);
        var stores = new InMemoryViewStores();
        for (int i = 0; i < EVENTS; i++) {
            changes.get(i).on(stores.open(Item.DEFINITION));
            if (random.nextInt(100) == 0) {
                assertThat(stores.digest(i)).isEqualTo(inOneStep(changes, i + 1));
            }
            if (random.nextInt(200) == 0) {
                var left = stores;
                stores = stores.fork();
                left.open(Item.DEFINITION).put(Item.of("only there"));
            }
        }
        assertThat(stores.digest(EVENTS - 1)).isEqualTo(inOneStep(changes, EVENTS));
    }

    @Test
    void a_batch_that_was_rolled_back_leaves_no_trace() throws SQLException, IOException {
        var folder = Files.createTempDirectory("muster-digest");
        try (var database = new Database(folder)) {
            var stores = new JdbcViewStores(database.connections, new ViewChanges());
            var items = stores.open(Item.DEFINITION);
            items.put(Item.of("a").number(1));
            var before = stores.digest();
            Events.failing(() -> items.put(Item.of("a").number(2)), () -> {
                throw new IllegalStateException("on purpose");
            });
            assertThat(stores.digest()).isEqualTo(before);
            items.put(Item.of("b"));
            items.remove("b");
            assertThat(stores.digest()).isEqualTo(before);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
