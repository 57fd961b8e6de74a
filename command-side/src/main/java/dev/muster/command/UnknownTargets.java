package dev.muster.command;

import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import java.util.Map;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateNotFoundException;

/** Refuses a command whose target is not there, in words that also cross a network. */
public final class UnknownTargets implements MessageHandlerInterceptor<CommandMessage<?>> {

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain) throws Exception {
        try {
            return chain.proceed();
        } catch (AggregateNotFoundException e) {
            throw notFound(String.valueOf(e.getAggregateIdentifier()));
        }
    }

    private static Refusal notFound(String entity) {
        var slash = entity.indexOf('/');
        var type = slash < 1 ? "entity" : entity.substring(0, slash);
        var id = entity.substring(slash + 1);
        return new Refusal(new Problem(
                type + "-not-found",
                "There is no such " + type,
                404,
                "There is no " + type + " " + id + ". Correct the identifier, or create it first.",
                Map.of(type + "Id", id)));
    }
}
