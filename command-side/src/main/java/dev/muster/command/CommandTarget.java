package dev.muster.command;

import java.util.Optional;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * The aggregate that a command is handled by, as it stands in the log ({@code task/t-42}). Others may be changed in the
 * same unit of work; the answer, the version and the key of the command belong to this one.
 */
record CommandTarget(String entity) {

    private static final String RESOURCE = CommandTarget.class.getName();

    void joinTo(UnitOfWork<?> unitOfWork) {
        unitOfWork.root().resources().put(RESOURCE, this);
    }

    static Optional<CommandTarget> of(UnitOfWork<?> unitOfWork) {
        return Optional.ofNullable(unitOfWork.root().getResource(RESOURCE));
    }

    /** What a query's {@code after} takes, to see that version of this aggregate; none before its first event. */
    static String seen(String entity, long version) {
        return entity + "@" + version;
    }

    static boolean isCommand(UnitOfWork<?> unitOfWork) {
        return unitOfWork.root().getMessage() instanceof CommandMessage;
    }
}
