package dev.muster.command;

import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import java.util.Map;

/** An idempotency key that comes with another command than the one it came with before. */
public final class ReusedKey extends Refusal {

    /**
     * @param entity for whom the key was used: {@code task/t-42}
     * @param commandName of the command that it was used for
     */
    public ReusedKey(String key, String entity, String commandName) {
        super(new Problem(
                "idempotency-key-reused",
                "The idempotency key was used for another command",
                422,
                "The key " + key + " was used for another " + commandName + " on " + entity
                        + ". Repeat exactly that command, or use a new key.",
                Map.of("entity", entity, "commandName", commandName)));
    }
}
