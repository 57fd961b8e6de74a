package dev.muster.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.DefaultInterceptorChain;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** Handles events as a tracking processor does: a batch of them in one unit of work. */
final class Events {

    private Events() {}

    /** One event for each handler, in a batch that must be committed: a silent rollback would let a test prove nothing. */
    static void batch(Runnable... handlers) {
        assertThat(tried(handlers).optionalExceptionResult()).isEmpty();
    }

    /** One event for each handler; the batch is rolled back if one of them fails. */
    static Throwable failing(Runnable... handlers) {
        var result = tried(handlers);
        assertThat(result.isExceptional()).isTrue();
        return result.exceptionResult();
    }

    private static ResultMessage<?> tried(Runnable... handlers) {
        Iterator<Runnable> each = Arrays.asList(handlers).iterator();
        return of(handlers.length).executeWithResult(() -> run(each.next()), RollbackConfigurationType.ANY_THROWABLE);
    }

    /** One event for each handler; what fails is passed over, as it is where it goes to the dead letters. */
    static void passingOver(FailedEvents failed, Runnable... handlers) {
        Iterator<Runnable> each = Arrays.asList(handlers).iterator();
        UnitOfWork<EventMessage<?>> unitOfWork = of(handlers.length);
        ResultMessage<?> result = unitOfWork.executeWithResult(
                () -> {
                    try {
                        return new DefaultInterceptorChain<EventMessage<?>>(
                                        unitOfWork, List.of(failed), event -> run(each.next()))
                                .proceed();
                    } catch (IllegalStateException e) {
                        return "passed over";
                    }
                },
                RollbackConfigurationType.ANY_THROWABLE);
        assertThat(result.optionalExceptionResult()).isEmpty();
    }

    private static Object run(Runnable handler) {
        handler.run();
        return "handled";
    }

    static UnitOfWork<EventMessage<?>> of(int events) {
        EventMessage<?>[] messages = new EventMessage<?>[events];
        Arrays.setAll(messages, i -> GenericEventMessage.asEventMessage("event " + i));
        return new BatchingUnitOfWork<>(messages);
    }
}
