package dev.muster.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.history.InMemoryLogIndex;
import dev.muster.history.LogReader;
import dev.muster.message.Refusal;
import dev.muster.replay.Counting.Count;
import dev.muster.replay.Counting.CountProjection;
import dev.muster.replay.Counting.Counted;
import dev.muster.replay.Counting.Last;
import dev.muster.replay.ReplayStatus.State;
import dev.muster.view.Database;
import dev.muster.view.JdbcViewStores;
import dev.muster.view.Selection;
import dev.muster.view.ViewChanges;
import dev.muster.view.ViewGate;
import dev.muster.view.ViewProgress;
import dev.muster.view.ViewStore;
import dev.muster.world.Parts;
import dev.muster.world.Projections;
import dev.muster.world.World;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.DefaultInterceptorChain;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplaysTest {

    @TempDir
    private Path folder;

    private final Counting.Log log = new Counting.Log();
    private final ViewGate gate = new ViewGate();
    private final InMemoryTokenStore tokens = new InMemoryTokenStore();
    private Database database;
    private JdbcViewStores live;
    private ViewProgress progress;
    private ViewStore<Count> counts;
    private ViewStore<Last> lasts;
    private Replays replays;

    @BeforeEach
    void open() throws SQLException {
        CountProjection.wrong = null;
        database = new Database(folder);
        start();
    }

    private void start() {
        live = new JdbcViewStores(database.connections, new ViewChanges());
        counts = live.open(Count.DEFINITION);
        lasts = live.open(Last.DEFINITION);
        progress = new ViewProgress(event -> false);
        progress.startAt(live.marks().position());
        replays = new Replays(new Replays.Surroundings(
                Counting.domain(),
                log,
                log,
                live,
                progress,
                gate,
                database.connections,
                NoTransactionManager.instance(),
                tokens,
                this::world,
                100));
        replays.resume();
    }

    @AfterEach
    void close() throws SQLException {
        replays.close();
        database.close();
    }

    private World world(long position) {
        var reader = new LogReader(
                log,
                EmbeddedEventStore.builder()
                        .storageEngine(new InMemoryEventStorageEngine())
                        .build(),
                new InMemoryLogIndex());
        var world = new World(Counting.domain(), reader);
        try (var events = log.after(null)) {
            events.limit(position + 1).forEach(world::fold);
        }
        return world;
    }

    /** Folds into the live views what has happened since, as their processor does. */
    private void fold() {
        var projections = new Projections(
                new Parts(Counting.domain(), live), Counting.domain().projections());
        while (true) {
            var batch = new ArrayList<EventMessage<?>>();
            for (var next = progress.position() + 1; batch.size() < 300 && log.at(next) != null; next++) {
                batch.add(log.at(next));
            }
            if (batch.isEmpty()) {
                return;
            }
            var unitOfWork = new BatchingUnitOfWork<>(batch);
            var result = unitOfWork.executeWithResult(
                    () -> new DefaultInterceptorChain<EventMessage<?>>(
                                    unitOfWork,
                                    List.of(
                                            gate.interceptor(),
                                            progress.interceptor(),
                                            live.marks().interceptor()),
                                    event -> {
                                        projections.fold((TrackedEventMessage<?>) unitOfWork.getMessage());
                                        return "folded";
                                    })
                            .proceed(),
                    RollbackConfigurationType.ANY_THROWABLE);
            assertThat(result.optionalExceptionResult()).isEmpty();
        }
    }

    private void happened(int events) {
        for (int i = 0; i < events; i++) {
            log.add("k" + log.head() % 7, log.head());
        }
    }

    private ReplayStatus end() {
        var until = System.nanoTime() + 60_000_000_000L;
        while (true) {
            var status = replays.status().orElseThrow();
            if (status.state().isOver()) {
                return status;
            }
            assertThat(System.nanoTime()).as("still " + status).isLessThan(until);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private ReplayStatus replay(String view, Long from, boolean verify) {
        replays.start(new ReplayRequest(view, from, verify));
        return end();
    }

    private List<String> tables() throws SQLException {
        return database.query("SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'VIEW%COUNT' OR"
                + " table_name LIKE 'VIEW%LAST' ORDER BY 1");
    }

    @Test
    void the_views_are_as_they_were_in_tables_of_their_own() throws SQLException {
        happened(2_300);
        fold();
        var before = counts.all(Selection.all());
        var digest = live.digest();
        var done = replay(null, null, false);
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.report().summary()).isEqualTo("At position 2299 the views are as they were.");
        assertThat(counts.all(Selection.all())).isEqualTo(before);
        assertThat(live.digest()).isEqualTo(digest);
        assertThat(live.recorded(1_999)).isPresent();
        assertThat(tables()).containsExactly("VIEW1_COUNT", "VIEW1_LAST");
        happened(10);
        fold();
        assertThat(live.digest()).isEqualTo(world(2_309).digest());
    }

    @Test
    void swapped_views_are_still_the_live_ones_when_they_are_opened_again() {
        happened(500);
        fold();
        replay(null, null, false);
        happened(5);
        fold();
        var before = counts.all(Selection.all());
        replays.close();
        start();
        assertThat(counts.all(Selection.all())).isEqualTo(before);
        assertThat(live.digest()).isEqualTo(world(504).digest());
    }

    @Test
    void who_asks_is_answered_all_the_while_and_what_happens_meanwhile_is_there_afterwards() throws Exception {
        happened(5_000);
        fold();
        var stop = new AtomicBoolean();
        var asked = new AtomicLong();
        var wrong = new ArrayList<String>();
        var asking = new Thread(() -> {
            while (!stop.get()) {
                try {
                    if (counts.count(Selection.all()) != 7 || counts.get("k3").isEmpty()) {
                        wrong.add("an empty answer");
                    }
                } catch (RuntimeException e) {
                    wrong.add(e.toString());
                }
                asked.incrementAndGet();
            }
        });
        asking.start();
        for (int i = 0; i < 3; i++) {
            replays.start(new ReplayRequest(null, null, false));
            for (int more = 0; more < 20; more++) {
                happened(20);
                fold();
            }
            end();
        }
        fold();
        stop.set(true);
        asking.join();
        assertThat(wrong).isEmpty();
        assertThat(asked.get()).isPositive();
        assertThat(live.digest()).isEqualTo(world(log.head() - 1).digest());
    }

    @Test
    void what_was_folded_wrongly_is_found_with_its_view_key_and_position() {
        happened(1_500);
        CountProjection.wrong = new Counted("k" + 1_234 % 7, 1_234);
        fold();
        CountProjection.wrong = null;
        happened(1_700);
        fold();
        var found = replay(null, null, true).report();
        assertThat(found.same()).isFalse();
        assertThat(found.faults()).isEmpty();
        assertThat(found.differences()).hasSize(1);
        var difference = found.differences().get(0);
        assertThat(difference.view()).isEqualTo("count");
        assertThat(difference.after()).isEqualTo(999);
        assertThat(difference.upTo()).isEqualTo(1_999);
        assertThat(difference.keys()).hasSize(1);
        assertThat(difference.keys().get(0).key()).isEqualTo("k2");
        // The fold changes that key at every seventh position; the first of them in the span is the first that can be
        // wrong.
        assertThat(difference.first()).isEqualTo(1_003);
        assertThat(difference.firstKey()).isEqualTo("k2");
        assertThat(counts.get("k2"))
                .as("the live views stay")
                .isNotEqualTo(world(3_199).views(Count.DEFINITION).get("k2"));
    }

    @Test
    void an_only_event_of_a_key_that_was_folded_wrongly_is_named_exactly() {
        happened(1_200);
        log.add("once", 5);
        CountProjection.wrong = new Counted("once", 5);
        happened(1_000);
        fold();
        CountProjection.wrong = null;
        var difference = replay("count", null, true).report().differences().get(0);
        assertThat(difference.first()).isEqualTo(1_200);
        assertThat(difference.firstKey()).isEqualTo("once");
        assertThat(replay("last", null, true).report().same()).isTrue();
    }

    @Test
    void a_replay_repairs_what_was_folded_wrongly_and_says_so() {
        CountProjection.wrong = new Counted("k3", 3);
        happened(50);
        fold();
        CountProjection.wrong = null;
        var report = replay("count", null, false).report();
        assertThat(report.same()).isFalse();
        assertThat(report.summary()).contains("the view count differs", "k3 (other)");
        assertThat(live.digest()).isEqualTo(world(49).digest());
    }

    @Test
    void a_row_that_was_altered_or_removed_by_hand_is_found() throws SQLException {
        happened(50);
        fold();
        database.execute("UPDATE view_count SET doc = '{\"key\":\"k4\",\"total\":1}' WHERE k = 'k4'");
        database.execute("DELETE FROM view_last WHERE k = 'k5'");
        var report = replay(null, null, true).report();
        assertThat(report.same()).isFalse();
        assertThat(report.faults())
                .containsExactly(
                        new ReplayReport.Fault("count", "k4", "was altered after it was written"),
                        new ReplayReport.Fault(
                                "last", null, "has rows that were added, removed or given another hash"));
        assertThat(report.differences()).hasSize(1);
        assertThat(report.differences().get(0).keys().get(0).key()).isEqualTo("k5");
        assertThat(report.differences().get(0).keys().get(0).what()).isEqualTo("missing");
    }

    @Test
    void only_what_belongs_to_a_view_is_folded_again() throws SQLException {
        happened(100);
        fold();
        var done = replay("last", null, false);
        assertThat(done.views()).containsExactly("last");
        assertThat(tables()).containsExactly("VIEW1_LAST", "VIEW_COUNT");
        assertThatThrownBy(() -> replays.start(new ReplayRequest("nothing", null, false)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("count, last");
    }

    @Test
    void a_replay_from_a_position_begins_with_the_views_as_they_were_there() {
        happened(1_500);
        CountProjection.wrong = new Counted("k" + 1_234 % 7, 1_234);
        fold();
        CountProjection.wrong = null;
        var report = replay(null, 1_100L, false).report();
        assertThat(report.same()).isFalse();
        assertThat(live.digest()).isEqualTo(world(1_499).digest());
        assertThatThrownBy(() -> replays.start(new ReplayRequest(null, 1_500L, false)))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void a_replay_goes_on_where_it_was_when_the_process_ended() throws SQLException {
        happened(20_000);
        fold();
        replays.start(new ReplayRequest(null, null, false));
        var until = System.nanoTime() + 60_000_000_000L;
        while (replays.status().orElseThrow().position() < 500) {
            assertThat(System.nanoTime()).isLessThan(until);
            LockSupport.parkNanos(1_000_000);
        }
        replays.close();
        var left = replays.status().orElseThrow();
        assertThat(left.state()).as("it was still folding").isEqualTo(State.FOLDING);
        start();
        assertThat(replays.status().orElseThrow().id()).isEqualTo(left.id());
        assertThat(replays.status().orElseThrow().position()).isGreaterThanOrEqualTo(left.position());
        assertThat(end().report().same()).isTrue();
        assertThat(tables()).containsExactly("VIEW1_COUNT", "VIEW1_LAST");
        assertThat(live.digest()).isEqualTo(world(19_999).digest());
    }

    @Test
    void one_that_is_cancelled_leaves_nothing() throws SQLException {
        happened(20_000);
        fold();
        replays.start(new ReplayRequest(null, null, false));
        assertThatThrownBy(() -> replays.start(new ReplayRequest(null, null, false)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("being folded again");
        replays.cancel();
        assertThat(end().state()).isEqualTo(State.CANCELLED);
        assertThat(tables()).containsExactly("VIEW_COUNT", "VIEW_LAST");
        assertThat(replay(null, null, true).report().same()).isTrue();
    }
}
