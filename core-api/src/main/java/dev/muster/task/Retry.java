package dev.muster.task;

import dev.muster.message.Check;
import dev.muster.message.Description;
import dev.muster.message.InvalidField;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often a task is attempted and how long it rests in between.
 *
 * @param maxAttempts from 1 to 100; 3 if left out
 * @param backoff the rest before the second attempt, doubled before each further one, up to a day; a second if left out
 */
public record Retry(
        @Description("How often the task is attempted in all: 1 to 100, 3 if left out")
        Integer maxAttempts,

        @Description("Rest before the second attempt, doubled before each further one: ISO 8601, PT1S if left out")
        Duration backoff) {

    private static final Duration LONGEST = Duration.ofDays(1);
    public static final Retry DEFAULT = new Retry(null, null);

    public Retry(@Nullable Integer maxAttempts, @Nullable Duration backoff) {
        this.maxAttempts = maxAttempts == null ? 3 : (int) Check.range("retry.maxAttempts", maxAttempts, 1, 100);
        this.backoff = backoff == null ? Duration.ofSeconds(1) : backoff;
        if (this.backoff.isNegative() || this.backoff.compareTo(LONGEST) > 0) {
            throw new InvalidField("retry.backoff", "must be from PT0S to PT24H, but is " + backoff);
        }
    }

    /** How long the task rests after that attempt (the first is 1) failed. */
    public Duration restAfter(int attempt) {
        var doublings = Math.min(attempt - 1, 30);
        var millis = (double) backoff.toMillis() * (1L << doublings);
        return millis >= LONGEST.toMillis() ? LONGEST : backoff.multipliedBy(1L << doublings);
    }
}
