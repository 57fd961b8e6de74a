package dev.muster.mission;

import dev.muster.message.Check;
import dev.muster.message.Description;
import dev.muster.task.Usage;
import org.jspecify.annotations.Nullable;

/** What a mission may use; what is left out has no bound. A mission that uses more is stopped. */
public record Budget(
        @Description("Tokens, read and written, of all its tasks") @Nullable
        Long tokens,

        @Description("Millionths of the currency that the team counts in") @Nullable
        Long costMicros) {

    private static final long MAX = 1_000_000_000_000_000_000L;

    public Budget {
        if (tokens != null) {
            Check.range("budget.tokens", tokens, 1, MAX);
        }
        if (costMicros != null) {
            Check.range("budget.costMicros", costMicros, 1, MAX);
        }
    }

    /** Whether that is more than the budget allows. */
    public boolean isExceededBy(Usage spent) {
        return (tokens != null && spent.inputTokens() + spent.outputTokens() > tokens)
                || (costMicros != null && spent.costMicros() > costMicros);
    }
}
