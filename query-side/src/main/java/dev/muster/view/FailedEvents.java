package dev.muster.view;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.ListenerInvocationErrorHandler;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Takes back what a failed event wrote to views, and passes the failure on. Needed where the batch goes on without the
 * event: as the listeners' error handler of a processor with a dead-letter queue, which sees the failure first, or as an
 * interceptor of one that passes failures over. Where a failure rolls the batch back it changes nothing.
 */
public final class FailedEvents implements MessageHandlerInterceptor<EventMessage<?>>, ListenerInvocationErrorHandler {

    @Override
    public @Nullable Object handle(UnitOfWork<? extends EventMessage<?>> unitOfWork, InterceptorChain chain)
            throws Exception {
        try {
            return chain.proceed();
        } catch (Exception | Error e) {
            WriteBuffer.takeBack(unitOfWork.root());
            throw e;
        }
    }

    @Override
    public void onError(Exception exception, EventMessage<?> event, EventMessageHandler eventHandler) throws Exception {
        CurrentUnitOfWork.ifStarted(unitOfWork -> WriteBuffer.takeBack(unitOfWork.root()));
        throw exception;
    }
}
