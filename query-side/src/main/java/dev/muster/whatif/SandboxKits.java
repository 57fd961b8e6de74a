package dev.muster.whatif;

import dev.muster.message.Actor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes the kits of sandboxes, and commands for them. */
public interface SandboxKits {

    /** A kit for that sandbox, of which only what its public methods answer is there already. */
    SandboxKit open(Sandbox sandbox);

    /**
     * A command of what a client sent.
     *
     * @param name in kebab case
     * @throws dev.muster.message.Refusal if there is none, or the fields are not its
     */
    Object command(String name, Actor actor, @Nullable JsonNode fields);
}
