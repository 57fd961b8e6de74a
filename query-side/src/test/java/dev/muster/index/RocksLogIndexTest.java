package dev.muster.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.history.HistoryRow;
import dev.muster.history.IndexSearch;
import dev.muster.history.IndexedBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.TreeSet;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index is written before the views are committed, and never shows what they do not, nor lacks what they have. */
class RocksLogIndexTest {

    @TempDir
    Path home;

    private final FoldedLog log = new FoldedLog();

    private Path folder() {
        return home.resolve("index");
    }

    private static List<HistoryRow> all(RocksLogIndex index) {
        return index.find(IndexSearch.all(), Integer.MAX_VALUE);
    }

    private static boolean has(RocksLogIndex index, String entityAtVersion) {
        return !index.find(IndexSearch.all().where(IndexedBy.VERSION, entityAtVersion), 1)
                .isEmpty();
    }

    @Test
    void an_event_is_not_there_before_the_views_have_committed_it() {
        log.event("item/a", "c0").event("item/a", "c1");
        try (var index = log.open(folder())) {
            log.fold(index, 0);
            log.foldWithoutCommit(index, 1, false);
            assertThat(index.position()).isEqualTo(1);
            assertThat(has(index, "item/a@0")).isTrue();
            assertThat(has(index, "item/a@1")).isFalse();
            assertThat(index.firstLaterThan(FoldedLog.BEGINNING)).isEmpty();

            log.standAt(1);
            assertThat(has(index, "item/a@1")).isTrue();
            assertThat(index.firstLaterThan(FoldedLog.BEGINNING)).hasValue(1);
        }
    }

    @Test
    void nothing_of_a_batch_is_there_that_failed_before_it_was_written() {
        log.event("item/a", "c0");
        try (var index = log.open(folder())) {
            var unitOfWork = DefaultUnitOfWork.startAndGet(null);
            index.put(log.rows().get(0));
            unitOfWork.rollback();
            log.standAt(0);
            assertThat(index.position()).isEqualTo(-1);
            assertThat(all(index)).isEmpty();
        }
    }

    @Test
    void a_batch_that_failed_after_it_was_written_is_there_once_when_it_is_folded_again() {
        log.events(20);
        try (var index = log.open(folder())) {
            log.foldWithoutCommit(index, 12, true);
            assertThat(all(index)).isEmpty();

            log.fold(index, 5);
            assertThat(all(index)).isEqualTo(log.rowsUpTo(5));
            log.fold(index, 19);
            assertThat(all(index)).isEqualTo(log.rows());
        }
    }

    @Test
    void a_large_batch_that_is_written_by_another_thread_is_there_before_the_views_are_committed() {
        log.events(2_000);
        try (var index = log.open(folder())) {
            log.foldWithoutCommit(index, 999, true);
            log.foldWithoutCommit(index, 999, false);
            assertThat(index.position()).isEqualTo(999);
            assertThat(all(index)).isEmpty();

            log.fold(index, 1_500);
            assertThat(all(index)).isEqualTo(log.rowsUpTo(1_500));
            log.fold(index, 1_999);
        }
        try (var index = log.open(folder())) {
            assertThat(all(index)).isEqualTo(log.rows());
        }
    }

    @Test
    void views_that_are_folded_again_from_the_beginning_find_their_events_there() {
        log.events(20);
        try (var index = log.open(folder())) {
            log.fold(index, 19);
            log.standAt(-1);
            assertThat(all(index)).isEmpty();
            log.fold(index, 7);
            assertThat(all(index)).isEqualTo(log.rowsUpTo(7));
            assertThat(index.position()).isEqualTo(19);
        }
    }

    @Test
    void the_parts_of_an_event_are_found_together_and_in_their_order() {
        log.event("item/a", "c0");
        log.event("item/a", new FoldedLog.Ended(), new FoldedLog.Marks("bob", "k", "c", "c1"), FoldedLog.BEGINNING, 12);
        log.event("item/a", "c2");
        try (var index = log.open(folder())) {
            log.fold(index, 2);
            var parts = log.rows().subList(1, 13);
            for (var search : List.of(
                    IndexSearch.all().where(IndexedBy.VERSION, "item/a@1"),
                    IndexSearch.all().where(IndexedBy.COMMAND, "c1"),
                    IndexSearch.all().where(IndexedBy.ACTOR, "bob"),
                    IndexSearch.all().where(IndexedBy.ENTITY, "item/a").from(1),
                    IndexSearch.all().from(1))) {
                assertThat(index.find(search, 1)).isEqualTo(parts);
            }
            var seventh = IndexSearch.all().where(IndexedBy.EVENT, parts.get(6).event());
            assertThat(index.find(seventh, 1)).containsExactly(parts.get(6));
        }
    }

    // ---- what is left after a crash

    /** What a killed process leaves: the files as they are while the database is open. */
    private Path left() {
        var left = home.resolve("left");
        Folders.delete(left);
        Folders.copy(folder(), left);
        return left;
    }

    @Test
    void what_was_written_is_there_after_a_kill() throws IOException {
        log.events(30);
        try (var index = log.open(folder())) {
            log.fold(index, 9);
            log.fold(index, 29);
            try (var again = log.open(left())) {
                assertThat(again.position()).isEqualTo(29);
                assertThat(all(again)).isEqualTo(log.rows());
            }
        }
    }

    @Test
    void an_index_that_lost_its_end_is_complete_up_to_where_it_says_and_then_caught_up() throws IOException {
        log.events(60);
        try (var index = log.open(folder())) {
            for (int upTo = 5; upTo < 60; upTo += 6) {
                log.fold(index, upTo);
            }
            var length = Files.size(writeAheadLog(folder()));
            var ends = new TreeSet<Long>();
            for (long kept = 0; kept <= length; kept += Math.max(1, length / 60)) {
                var left = left();
                try (var file = Files.newByteChannel(writeAheadLog(left), StandardOpenOption.WRITE)) {
                    file.truncate(kept);
                }
                try (var again = log.open(left)) {
                    ends.add(again.position());
                    assertThat(all(again)).isEqualTo(log.rowsUpTo(again.position()));

                    new IndexCatchUp(again, log).upTo(59);
                    assertThat(all(again)).isEqualTo(log.rows());
                }
            }
            assertThat(ends).contains(-1L, 5L, 11L, 53L);
        }
    }

    private static Path writeAheadLog(Path folder) throws IOException {
        return files(folder, ".log").get(0);
    }

    @Test
    void an_index_whose_folder_was_deleted_is_folded_up_to_where_the_views_stand_and_no_further() {
        log.events(5_000);
        log.event(
                "item/a", new FoldedLog.Ended(), new FoldedLog.Marks("bob", null, null, null), FoldedLog.BEGINNING, 3);
        log.events(10);
        log.standAt(5_000);
        try (var index = log.open(folder())) {
            new IndexCatchUp(index, log).upTo(5_000);
            assertThat(index.position()).isEqualTo(5_000);
            assertThat(all(index)).isEqualTo(log.rowsUpTo(5_000));
            log.fold(index, 5_010);
            assertThat(all(index)).isEqualTo(log.rows());
        }
    }

    @Test
    void what_fills_several_buffers_is_found_as_before_and_there_after_a_kill() throws IOException {
        log.events(40_000);
        try (var index = log.open(folder())) {
            new IndexCatchUp(index, log).upTo(39_999);
            log.standAt(39_999);
            assertThat(files(folder(), ".sst")).isNotEmpty();
            assertThat(all(index)).isEqualTo(log.rows());
            try (var again = log.open(left())) {
                assertThat(all(again)).isEqualTo(log.rows());
            }
        }
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    // ---- what is thrown away

    private RocksLogIndex reopened(FoldedLog other, String formOfEvents) {
        try (var index = log.open(folder(), "v1")) {
            log.fold(index, log.head() - 1);
        }
        other.standAt(log.reached());
        return other.open(folder(), formOfEvents);
    }

    @Test
    void an_index_of_this_log_is_kept() {
        log.events(20);
        try (var index = reopened(log, "v1")) {
            assertThat(all(index)).isEqualTo(log.rows());
        }
    }

    @Test
    void an_index_of_another_log_is_thrown_away() {
        log.events(20);
        try (var index = reopened(log.copy(), "v1")) {
            assertThat(index.position()).isEqualTo(-1);
            assertThat(all(index)).isEmpty();
        }
    }

    @Test
    void an_index_of_events_in_another_form_is_thrown_away() {
        log.events(20);
        try (var index = reopened(log, "v2")) {
            assertThat(all(index)).isEmpty();
        }
    }

    @Test
    void an_index_that_ends_past_the_end_of_the_log_is_thrown_away() {
        log.events(20);
        try (var index = reopened(log.upTo(15), "v1")) {
            assertThat(all(index)).isEmpty();
        }
    }

    @Test
    void an_index_of_a_copy_that_went_another_way_is_thrown_away() {
        log.events(20);
        try (var index = reopened(log.upTo(15).events(8), "v1")) {
            assertThat(all(index)).isEmpty();
        }
    }

    @Test
    void an_index_that_can_not_be_opened_is_thrown_away() throws IOException {
        log.events(20);
        log.open(folder()).close();
        Files.writeString(folder().resolve("CURRENT"), "MANIFEST-999999\n");
        try (var index = log.open(folder())) {
            log.fold(index, 19);
            assertThat(all(index)).isEqualTo(log.rows());
        }
    }

    @Test
    void an_index_that_is_open_elsewhere_is_left_alone() {
        log.events(20);
        try (var index = log.open(folder())) {
            log.fold(index, 19);
            assertThatThrownBy(() -> log.open(folder()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is open already");
            assertThat(all(index)).isEqualTo(log.rows());
        }
        try (var index = log.open(folder())) {
            assertThat(all(index)).isEqualTo(log.rows());
        }
    }

    @Test
    void an_index_that_was_thrown_away_is_of_this_log_from_then_on() {
        log.events(20);
        var other = log.copy();
        reopened(other, "v1").close();
        other.standAt(-1);
        try (var index = other.open(folder(), "v1")) {
            other.fold(index, 19);
        }
        try (var index = other.open(folder(), "v1")) {
            assertThat(index.position()).isEqualTo(19);
        }
    }
}
