package dev.muster.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.history.HistoryRow;
import dev.muster.history.InMemoryLogIndex;
import dev.muster.history.IndexSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever is looked for, the index finds what is found by looking at every row, in the same order. */
class LogIndexPropertyTest {

    @Property(tries = 60)
    void it_finds_what_a_list_finds_however_the_events_came(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 120) int events) throws IOException {
        var random = new Random(seed);
        var life = new RandomLog(random, events);
        var folder = Files.createTempDirectory("index");
        try {
            var list = new InMemoryLogIndex();
            var index = life.log.open(folder);
            while (life.log.reached() < life.log.head() - 1) {
                index = foldMore(life, random, index, list, folder);
            }
            for (int question = 0; question < 60; question++) {
                var search = life.question(life.log.rows());
                assertThat(all(index, search, 1 + random.nextInt(5)))
                        .as(search.toString())
                        .isEqualTo(list.find(search, Integer.MAX_VALUE));
                var limit = 1 + random.nextInt(20);
                assertThat(index.find(search, limit)).isEqualTo(list.find(search, limit));
                var moment = FoldedLog.BEGINNING.plusMillis(200L * random.nextInt(2 * events + 20));
                assertThat(index.firstLaterThan(moment)).isEqualTo(list.firstLaterThan(moment));
            }
            index.close();
        } finally {
            Folders.delete(folder);
        }
    }

    /** Some batches fail after they were written to the index, and sometimes the index is closed and opened. */
    private static RocksLogIndex foldMore(
            RandomLog life, Random random, RocksLogIndex index, InMemoryLogIndex list, Path folder) {
        var log = life.log;
        var upTo = Math.min(log.head() - 1, log.reached() + 1 + random.nextInt(30));
        if (random.nextInt(4) == 0) {
            log.foldWithoutCommit(index, Math.min(log.head() - 1, log.reached() + 1 + random.nextInt(30)), true);
        }
        log.rowsUpTo(upTo).stream()
                .filter(row -> row.position() > log.reached())
                .forEach(list::put);
        log.fold(index, upTo);
        if (random.nextInt(4) == 0) {
            index.close();
            return log.open(folder);
        }
        return index;
    }

    /** Page by page. */
    private static List<HistoryRow> all(RocksLogIndex index, IndexSearch search, int limit) {
        var all = new ArrayList<HistoryRow>();
        for (var page = index.find(search, limit);
                !page.isEmpty();
                page = index.find(search.from(all.get(all.size() - 1).position() + 1), limit)) {
            all.addAll(page);
        }
        return all;
    }
}
