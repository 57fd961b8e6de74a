package dev.muster.index;

import dev.muster.history.HistoryRow;
import dev.muster.history.LogSource;
import java.util.ArrayList;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings an index to where the views stand already: after a power loss it may be behind them, or its folder was deleted. Where
 * it is ahead of them there is nothing to do.
 */
public final class IndexCatchUp {

    private static final Logger LOG = LoggerFactory.getLogger(IndexCatchUp.class);

    private static final int AT_A_TIME = 2_000;
    private static final long SAY_EACH_NANOS = 1_000_000_000;

    private final RocksLogIndex index;
    private final LogSource log;
    private long said = System.nanoTime();

    public IndexCatchUp(RocksLogIndex index, LogSource log) {
        this.index = index;
        this.log = log;
    }

    /** Returns when the index has all events up to that position. The views must not be folded meanwhile. */
    public void upTo(long views) {
        var from = index.position();
        if (from >= views) {
            return;
        }
        LOG.info("The index of the log is behind the views by {} events, which are folded into it", views - from);
        var batch = new ArrayList<HistoryRow>();
        try (var events = log.after(from < 0 ? null : new GlobalSequenceTrackingToken(from))) {
            for (var next = events.iterator(); next.hasNext(); ) {
                var event = next.next();
                var row = HistoryRow.of(event, event.trackingToken());
                if (row.position() > views) {
                    break;
                }
                // Never between the parts of an event.
                if (batch.size() >= AT_A_TIME
                        && row.position() != batch.get(batch.size() - 1).position()) {
                    write(batch, views);
                }
                batch.add(row);
            }
        }
        if (!batch.isEmpty()) {
            write(batch, views);
        }
    }

    private void write(ArrayList<HistoryRow> batch, long views) {
        index.write(batch);
        batch.clear();
        if (System.nanoTime() - said > SAY_EACH_NANOS) {
            said = System.nanoTime();
            var done = index.position() + 1;
            LOG.info("Folding the index of the log: {} of {} events, {} %", done, views + 1, 100 * done / (views + 1));
        }
    }
}
