package dev.muster.message;

import java.util.Optional;

/**
 * How a saga, of whatever domain, sends commands: as {@code system:<name>}, which may send what {@link Role#SYSTEM} alone may,
 * and with a key made from what it reacts to, so that a second delivery of the same event does nothing a second time. A saga
 * takes it as a parameter of its handlers.
 *
 * <p>The command is answered before the saga's state and token are stored, so it is sent at least once. The key is looked up
 * among the last events of the target ({@code muster.command.idempotency-window}). Where sagas are made again from the whole
 * log, much later, it may no longer be found there: a command is to be one that is then refused, or changes nothing, because
 * the target has gone on, or because what it creates has an identifier derived from the event.
 */
public interface SystemCommands {

    /**
     * Sends a command and waits for its answer.
     *
     * @param name who sends it: {@code reservations}
     * @param cause what it is sent because of
     * @return why it was refused; empty if it was done, now or under the same key before
     * @throws IllegalStateException if it could not be handled for now; the event is to be handled again
     */
    Optional<Problem> send(String name, Object command, Cause cause);
}
