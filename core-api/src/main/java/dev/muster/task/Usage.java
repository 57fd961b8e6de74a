package dev.muster.task;

import dev.muster.message.Check;
import dev.muster.message.Description;

/**
 * What working on a task has used.
 *
 * @param inputTokens tokens read by language models
 * @param outputTokens tokens written by language models
 * @param costMicros millionths of the currency that the team counts in
 */
public record Usage(
        @Description("Tokens read by language models") long inputTokens,
        @Description("Tokens written by language models") long outputTokens,

        @Description("Millionths of the currency that the team counts in")
        long costMicros) {

    public static final Usage NONE = new Usage(0, 0, 0);

    /** More than this of anything in one task is taken for a mistake. */
    private static final long MAX = 1_000_000_000_000_000L;

    public Usage {
        Check.range("usage.inputTokens", inputTokens, 0, MAX);
        Check.range("usage.outputTokens", outputTokens, 0, MAX);
        Check.range("usage.costMicros", costMicros, 0, MAX);
    }

    public Usage plus(Usage other) {
        return new Usage(
                inputTokens + other.inputTokens, outputTokens + other.outputTokens, costMicros + other.costMicros);
    }

    /** What came on top of an earlier total, which is {@link #covers covered} by this one. */
    public Usage minus(Usage earlier) {
        return new Usage(
                inputTokens - earlier.inputTokens,
                outputTokens - earlier.outputTokens,
                costMicros - earlier.costMicros);
    }

    /** Whether nothing in this total is smaller than in the other. */
    public boolean covers(Usage earlier) {
        return inputTokens >= earlier.inputTokens
                && outputTokens >= earlier.outputTokens
                && costMicros >= earlier.costMicros;
    }
}
