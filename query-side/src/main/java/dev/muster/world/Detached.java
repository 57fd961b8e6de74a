package dev.muster.world;

import java.util.concurrent.Callable;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/** Runs something outside of the unit of work of the thread, whose stores and transaction are those of the live system. */
public final class Detached {

    private Detached() {}

    public static <T> T call(Callable<T> work) throws Exception {
        var outer = CurrentUnitOfWork.isStarted() ? CurrentUnitOfWork.get() : null;
        if (outer != null) {
            CurrentUnitOfWork.clear(outer);
        }
        try {
            return work.call();
        } finally {
            if (outer != null) {
                CurrentUnitOfWork.set(outer);
            }
        }
    }
}
