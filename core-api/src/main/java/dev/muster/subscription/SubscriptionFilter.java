package dev.muster.subscription;

import dev.muster.message.Check;
import dev.muster.message.Description;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which events of the log a subscription delivers; what is left out may be anything. */
@Description("Which events are delivered; what is left out may be anything")
public record SubscriptionFilter(
        @Description("Only events of this entity: task/t-42") @Nullable
        String entity,

        @Description("Only events of these stored names: TaskCompleted, TaskFailed")
        Set<String> types,

        @Description("Only what this actor did") @Nullable String actor,

        @Description("Only what belongs to this undertaking") @Nullable
        String correlationId) {

    /** Every event but those of subscriptions. */
    public static final SubscriptionFilter ALL = new SubscriptionFilter(null, null, null, null);

    private static final int MAX_TYPES = 64;
    private static final int MAX_LENGTH = 300;

    public SubscriptionFilter(
            @Nullable String entity,
            @Nullable Set<String> types,
            @Nullable String actor,
            @Nullable String correlationId) {
        this.entity = Check.optionalText("filter.entity", entity, MAX_LENGTH);
        this.types = Check.names("filter.types", types, MAX_TYPES, MAX_LENGTH);
        this.actor = Check.optionalText("filter.actor", actor, MAX_LENGTH);
        this.correlationId = Check.optionalText("filter.correlationId", correlationId, MAX_LENGTH);
    }
}
