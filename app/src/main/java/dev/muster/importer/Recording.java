package dev.muster.importer;

import java.util.function.LongConsumer;

/** What was recorded elsewhere, read and in the order of time, and not yet sent. */
public interface Recording extends AutoCloseable {

    /** How many rows there are. */
    long size();

    /**
     * Sends the commands of all rows, once.
     *
     * @param progress is told how many rows are done
     */
    ImportReport replay(CommandSink sink, LongConsumer progress);

    /** Deletes what was written to temporary files. */
    @Override
    void close();
}
