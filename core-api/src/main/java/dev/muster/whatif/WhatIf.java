package dev.muster.whatif;

import dev.muster.history.Moment;
import dev.muster.message.Description;
import dev.muster.message.InvalidField;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks what would have been: the history up to a moment is changed, then commands are tried in it. Nothing of it touches the
 * log, is sent anywhere, or is there afterwards. The answer is a {@link WhatIfAnswer}.
 */
@Description("What would have been: leave out, replace or insert events, then try commands; nothing of it is kept")
public record WhatIf(
        @Description("The moment up to which the history counts, as position:1200 or an instant; now if left out")
        @Nullable
        String from,

        @Description("How the history is changed") @Nullable List<Change> changes,

        @Description("The commands to try then, in this order") @Nullable
        List<Trial> commands,

        @Description("The moment to which the clock is moved in the end, so that what is due by then happens") @Nullable
        Instant until,

        @Description("How many differences are listed of each view at most: 1 to 10,000, 500 if left out") @Nullable
        Integer limit) {

    /** How many changes, and how many commands, there are at most. */
    public static final int MAX_PARTS = 1_000;

    private static final int MAX_LIMIT = 10_000;

    public WhatIf {
        if (Moment.of("from", from) instanceof Moment.Version) {
            throw new InvalidField("from", "must be position:1200 or an instant, since it is not about one entity");
        }
        changes = changes == null ? List.of() : List.copyOf(changes);
        commands = commands == null ? List.of() : List.copyOf(commands);
        if (changes.size() > MAX_PARTS || commands.size() > MAX_PARTS) {
            throw new InvalidField(changes.size() > MAX_PARTS ? "changes" : "commands", "must be at most " + MAX_PARTS);
        }
        limit = limit == null ? 500 : limit;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidField("limit", "must be from 1 to " + MAX_LIMIT + ", but is " + limit);
        }
    }

    public Moment moment() {
        return Moment.of("from", from);
    }

    @Override
    public List<Change> changes() {
        return Objects.requireNonNull(changes);
    }

    @Override
    public List<Trial> commands() {
        return Objects.requireNonNull(commands);
    }

    @Override
    public Integer limit() {
        return Objects.requireNonNull(limit);
    }
}
