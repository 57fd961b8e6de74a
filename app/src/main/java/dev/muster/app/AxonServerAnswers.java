package dev.muster.app;

import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.ErrorCode;
import org.axonframework.axonserver.connector.command.CommandSerializer;
import org.axonframework.axonserver.connector.event.util.GrpcExceptionParser;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.messaging.HandlerExecutionException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.Serializer;

/**
 * Answers to commands as they cross Axon Server, so that their sender sees what it would see without it: a refusal is a
 * {@link Refusal} again, and a conflict of concurrent appends, which Axon's connector does not tell from other failures, a
 * {@link ConcurrencyException} again.
 */
final class AxonServerAnswers extends CommandSerializer {

    AxonServerAnswers(Serializer serializer, AxonServerConfiguration configuration) {
        super(serializer, configuration);
    }

    @Override
    public CommandResponse serialize(CommandResultMessage<?> result, String requestIdentifier) {
        var response = super.serialize(result, requestIdentifier);
        return result.isExceptional() && isConflict(result.exceptionResult())
                ? response.toBuilder()
                        .setErrorCode(ErrorCode.CONCURRENCY_EXCEPTION.errorCode())
                        .build()
                : response;
    }

    private static boolean isConflict(Throwable failure) {
        return failure instanceof ConcurrencyException
                || GrpcExceptionParser.parse(failure) instanceof ConcurrencyException;
    }

    @Override
    public <R> CommandResultMessage<R> deserialize(CommandResponse response) {
        CommandResultMessage<R> result = super.deserialize(response);
        if (!result.isExceptional()) {
            return result;
        }
        var failure = result.exceptionResult();
        if (failure instanceof ConcurrencyException) {
            // Without its cause, which would keep it from being tried again.
            return new GenericCommandResultMessage<>(
                    new ConcurrencyException(failure.getMessage()), result.getMetaData());
        }
        return HandlerExecutionException.resolveDetails(failure)
                .filter(Problem.class::isInstance)
                .<CommandResultMessage<R>>map(problem ->
                        new GenericCommandResultMessage<>(new Refusal((Problem) problem), result.getMetaData()))
                .orElse(result);
    }
}
