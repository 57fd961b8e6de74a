package dev.muster.view;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Lets the live views stand still for a moment: between two batches, with nothing half written. Their processor goes on by
 * itself afterwards, and queries are answered all the while.
 */
public final class ViewGate {

    private static final String PASSED = ViewGate.class.getName();

    private final ReentrantLock lock = new ReentrantLock(true);

    /** For the processor of the live views, as its first. */
    public MessageHandlerInterceptor<EventMessage<?>> interceptor() {
        return this::pass;
    }

    private @Nullable Object pass(UnitOfWork<? extends EventMessage<?>> unitOfWork, InterceptorChain chain)
            throws Exception {
        var root = unitOfWork.root();
        if (root.getResource(PASSED) == null) {
            lock.lock();
            root.resources().put(PASSED, true);
            root.onCleanup(u -> lock.unlock());
        }
        return chain.proceed();
    }

    /** Does something while nothing is folded into the live views. */
    public <T> T whileStill(Callable<T> work) throws Exception {
        lock.lockInterruptibly();
        try {
            return work.call();
        } finally {
            lock.unlock();
        }
    }
}
