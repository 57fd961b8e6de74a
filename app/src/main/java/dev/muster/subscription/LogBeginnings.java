package dev.muster.subscription;

import dev.muster.history.LogSource;
import java.time.Instant;

/** Where in the live log a subscription may begin. */
final class LogBeginnings implements Beginnings {

    private final LogSource log;

    LogBeginnings(LogSource log) {
        this.log = log;
    }

    @Override
    public long head() {
        return log.head() - 1;
    }

    @Override
    public long asOf(Instant moment) {
        return log.positionAsOf(moment);
    }
}
