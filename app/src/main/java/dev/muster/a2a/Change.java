package dev.muster.a2a;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;

/** What an event means to somebody who follows a task by A2A. */
sealed interface Change {

    /**
     * It has come to a state, or there is something to be said of the one it is in.
     *
     * @param state none if it stays as it is
     */
    record Status(Optional<State> state, Optional<Said> message, Instant at) implements Change {}

    /**
     * It has brought something about; what was brought under that identifier before is replaced.
     *
     * @param id unique within the task
     */
    record Brought(String id, String name, ArrayNode parts) implements Change {}

    /** Something was said that changes nothing else; it is part of the history. */
    record Heard(Said message) implements Change {}

    /**
     * A message.
     *
     * @param actor who said it
     * @param byClient whether it came to the fleet, and not from it
     */
    record Said(String id, String actor, boolean byClient, ArrayNode parts) {}
}
