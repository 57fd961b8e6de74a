package dev.muster.index;

import dev.muster.history.HistoryRow;
import dev.muster.history.IndexSearch;
import dev.muster.history.IndexedBy;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Random events of few entities, commands and so on, so that each has much in common with others; and random questions. */
final class RandomLog {

    private static final List<String> ENTITIES = List.of(
            "item/a", "item/a@1", "item/" + new UUID(7, 9), "item/" + new UUID(7, 10), "Übung/ß", "item/A", "7");
    private static final List<String> TEXTS = List.of(
            "c", "c~2", new UUID(1, 2).toString(), new UUID(1, 2).toString().toUpperCase(), "", "c d", "ç");
    private static final List<String> ACTORS = List.of("ada", "operator:kim", "ben");
    private static final List<Object> PAYLOADS = List.of(new FoldedLog.Begun(), new FoldedLog.Ended());

    private final Random random;
    final FoldedLog log = new FoldedLog();

    RandomLog(Random random, int events) {
        this.random = random;
        for (int i = 0; i < events; i++) {
            var marks = new FoldedLog.Marks(one(ACTORS), perhaps(TEXTS), perhaps(TEXTS), perhaps(TEXTS));
            var seconds = i + random.nextInt(10);
            var parts = random.nextInt(5) == 0 ? 1 + random.nextInt(12) : 1;
            log.event(one(ENTITIES), one(PAYLOADS), marks, FoldedLog.BEGINNING.plusMillis(400L * seconds), parts);
        }
    }

    <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private @Nullable String perhaps(List<String> all) {
        return random.nextBoolean() ? one(all) : null;
    }

    /** Of what is there, or of what is not. */
    IndexSearch question(List<HistoryRow> rows) {
        var search = IndexSearch.all();
        for (var what : IndexedBy.values()) {
            if (random.nextInt(6) == 0) {
                search = search.where(what, random.nextInt(8) == 0 ? "none@x" : what.of(one(rows)));
            }
        }
        var positions = (int) log.head();
        search = random.nextBoolean() ? search : search.from(random.nextInt(positions + 2));
        return random.nextBoolean() ? search : search.upTo(random.nextInt(positions + 2) - 1L);
    }
}
