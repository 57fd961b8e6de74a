package dev.muster.replay;

import java.util.function.Supplier;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;

/** Does something in a unit of work with a transaction of its own. */
final class Work {

    private final TransactionManager transactions;

    Work(TransactionManager transactions) {
        this.transactions = transactions;
    }

    <T> T of(Supplier<T> work) {
        var unitOfWork = DefaultUnitOfWork.startAndGet(GenericMessage.asMessage("replay"));
        unitOfWork.attachTransaction(transactions);
        var result = unitOfWork.executeWithResult(work::get, RollbackConfigurationType.ANY_THROWABLE);
        if (result.isExceptional()) {
            throw result.exceptionResult() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(result.exceptionResult());
        }
        return result.getPayload();
    }

    void run(Runnable work) {
        of(() -> {
            work.run();
            return "done";
        });
    }
}
