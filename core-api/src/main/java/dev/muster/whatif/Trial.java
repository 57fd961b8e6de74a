package dev.muster.whatif;

import dev.muster.message.Check;
import dev.muster.message.Description;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A command that is tried. It meets every rule that it would meet live. */
public record Trial(
        @Description("Its name in kebab case: claim-task") String command,

        @Description("Who sends it: an agent's identifier, or operator:NAME; an operator if left out") @Nullable
        String actor,

        @Description("Its fields") @Nullable JsonNode fields,

        @Description("The moment to which the clock is moved before it; what is due by then happens first") @Nullable
        Instant at,

        @Description("The version that it is based on") @Nullable
        Long expectedVersion,

        @Description("The key under which it may be repeated") @Nullable
        String idempotencyKey) {
    public Trial {
        Check.required("commands.command", command);
    }
}
