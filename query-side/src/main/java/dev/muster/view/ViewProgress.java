package dev.muster.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * How far the views are. It is told by an interceptor of the processor that folds them: what a batch folded counts once the
 * batch is committed. An event is named by its entity and the entity's version ({@code task/t-42@8}), as answers to commands name
 * it, since waiting for a position alone would not be sound where positions are given before they can be read.
 */
public final class ViewProgress {

    private static final int REMEMBERED = 100_000;
    private static final String FOLDED = ViewProgress.class.getName();

    private final Predicate<String> foldedBefore;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Condition awaited = lock.newCondition();
    private final Map<String, Boolean> recent = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };
    private long position = -1;
    private int waiting;

    private record Folded(List<String> events, long[] position) {}

    /** @param foldedBefore says whether an event is among those folded long ago, by what is stored */
    public ViewProgress(Predicate<String> foldedBefore) {
        this.foldedBefore = foldedBefore;
    }

    /** The name of the event that an entity's version stands for. */
    public static String nameOf(String entity, long version) {
        return entity + "@" + version;
    }

    /** The position of the last event that was folded; -1 before the first. */
    public long position() {
        lock.lock();
        try {
            return position;
        } finally {
            lock.unlock();
        }
    }

    /** Says where the views stand when their processor begins. */
    public void startAt(long folded) {
        advance(List.of(), folded);
    }

    /** For the processor of the views, and no other: Axon would give a bean of this type to every processor. */
    public MessageHandlerInterceptor<EventMessage<?>> interceptor() {
        return this::note;
    }

    private @Nullable Object note(UnitOfWork<? extends EventMessage<?>> unitOfWork, InterceptorChain chain)
            throws Exception {
        var result = chain.proceed();
        var root = unitOfWork.root();
        Folded folded = root.getOrComputeResource(FOLDED, key -> {
            var batch = new Folded(new ArrayList<>(), new long[] {-1});
            root.afterCommit(u -> advance(batch.events(), batch.position()[0]));
            return batch;
        });
        var event = unitOfWork.getMessage();
        if (event instanceof DomainEventMessage<?> domain) {
            folded.events().add(nameOf(domain.getAggregateIdentifier(), domain.getSequenceNumber()));
        }
        if (event instanceof TrackedEventMessage<?> tracked) {
            tracked.trackingToken().position().ifPresent(at -> folded.position()[0] = at);
        }
        return result;
    }

    private void advance(List<String> events, long reached) {
        lock.lock();
        try {
            events.forEach(event -> recent.put(event, true));
            position = Math.max(position, reached);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the views have folded that event.
     *
     * @return false if they have not in that time
     */
    public boolean await(String event, Duration atMost) throws InterruptedException {
        return isRecent(event) || foldedBefore.test(event) || await(() -> recent.containsKey(event), atMost);
    }

    /** Waits until the views have folded everything up to that position. */
    public boolean awaitPosition(long wanted, Duration atMost) throws InterruptedException {
        return await(() -> position >= wanted, atMost);
    }

    private boolean isRecent(String event) {
        lock.lock();
        try {
            return recent.containsKey(event);
        } finally {
            lock.unlock();
        }
    }

    private boolean await(BooleanSupplier reached, Duration atMost) throws InterruptedException {
        var left = atMost.toNanos();
        lock.lockInterruptibly();
        waiting++;
        try {
            awaited.signalAll();
            while (!reached.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = moved.awaitNanos(left);
            }
            return true;
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    /** Lets that time pass, unless somebody waits for the views, or comes to do so meanwhile. */
    void rest(long nanos) throws InterruptedException {
        var left = nanos;
        lock.lockInterruptibly();
        try {
            while (waiting == 0 && left > 0) {
                left = awaited.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
