package dev.muster.store;

/**
 * What the engine may take of memory and how much it does at once.
 *
 * @param blockCacheBytes how much of what was read is kept in memory, outside of the heap
 * @param writeBufferBytes how much of what was written is kept in memory before it becomes a sorted file; there are at
 *     most three such buffers for each of six column families
 * @param maxGroup how many appends share one sync at most
 * @param maxWaiting how many appends may wait for the appender; a further one waits for its turn
 */
public record RocksSettings(long blockCacheBytes, long writeBufferBytes, int maxGroup, int maxWaiting) {

    public static final RocksSettings DEFAULT = new RocksSettings(64L << 20, 16L << 20, 1_024, 4_096);
}
