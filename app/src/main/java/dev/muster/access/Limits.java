package dev.muster.access;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * How much of something each of many may do: a bucket for each, refilled evenly. Of more than so many, those that were longest
 * silent are forgotten, and begin anew with a full bucket, so memory is bounded whoever asks. Thread-safe.
 */
final class Limits {

    private final int amount;
    private final Duration period;
    private final TimeMeter time;
    private final Map<String, Bucket> buckets;

    /**
     * @param amount how often within the period; 0 for no limit
     * @param size of how many the buckets are kept
     */
    Limits(int amount, Duration period, int size, TimeMeter time) {
        this.amount = amount;
        this.period = period;
        this.time = time;
        this.buckets = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                return size() > size;
            }
        };
    }

    /** Takes one from the bucket of that name; if it is empty, after how many seconds, rounded up, there is one again. */
    OptionalLong take(String name) {
        if (amount == 0) {
            return OptionalLong.empty();
        }
        var taken = bucket(name).tryConsumeAndReturnRemaining(1);
        return taken.isConsumed() ? OptionalLong.empty() : OptionalLong.of(seconds(taken.getNanosToWaitForRefill()));
    }

    private static long seconds(long nanos) {
        return Math.max(1, (nanos + TimeUnit.SECONDS.toNanos(1) - 1) / TimeUnit.SECONDS.toNanos(1));
    }

    private Bucket bucket(String name) {
        synchronized (buckets) {
            return buckets.computeIfAbsent(name, none -> Bucket.builder()
                    .withCustomTimePrecision(time)
                    .addLimit(limit -> limit.capacity(amount).refillGreedy(amount, period))
                    .build());
        }
    }
}
