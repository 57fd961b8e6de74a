package dev.muster.database;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who has it may change the database. A thread may take it several times, since within a transaction a deadline is stored by a
 * connection of its own.
 */
final class Pen {

    private final ReentrantLock lock = new ReentrantLock();
    private final Duration atMost;

    /** @param atMost for how long somebody waits for it */
    Pen(Duration atMost) {
        this.atMost = atMost;
    }

    /** @throws SQLException if others had it all the time */
    void take() throws SQLException {
        try {
            if (!lock.tryLock(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLTransientException("Another transaction was being written for " + atMost
                        + ", so this one was not begun. It can be tried again.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientException("Interrupted while another transaction was being written", e);
        }
    }

    void giveBack() {
        lock.unlock();
    }
}
