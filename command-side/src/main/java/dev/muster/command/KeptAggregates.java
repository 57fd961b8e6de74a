package dev.muster.command;

import java.util.concurrent.Callable;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.lock.Lock;
import org.axonframework.common.lock.LockFactory;
import org.axonframework.common.lock.PessimisticLockFactory;
import org.axonframework.eventsourcing.CachingEventSourcingRepository;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.LockAwareAggregate;

/**
 * Axon's repository, but for how it learns that an aggregate is to be made: it asks the log for the last sequence number. Axon reads the
 * snapshot and the events, and finds out by an exception that there are none. For a log in this process. Thread-safe.
 */
public final class KeptAggregates<T> extends CachingEventSourcingRepository<T> {

    private final EventStore events;
    private final Cache cache;

    /** Each lock can be taken again by the thread that has it. */
    private final LockFactory locks;

    private KeptAggregates(
            EventSourcingRepository.Builder<T> builder, EventStore events, Cache cache, LockFactory locks) {
        super(builder);
        this.events = events;
        this.cache = cache;
        this.locks = locks;
    }

    /** @param builder says all but where the events are, where aggregates are kept, and how they are locked */
    public static <T> KeptAggregates<T> of(EventSourcingRepository.Builder<T> builder, EventStore events, Cache cache) {
        var locks = PessimisticLockFactory.usingDefaults();
        return new KeptAggregates<>(builder.eventStore(events).cache(cache).lockFactory(locks), events, cache, locks);
    }

    @Override
    protected LockAwareAggregate<T, EventSourcedAggregate<T>> doLoadOrCreate(String identifier, Callable<T> factory)
            throws Exception {
        var lock = locks.obtainLock(identifier);
        var kept = false;
        try {
            if (cache.containsKey(identifier)
                    || events.lastSequenceNumberFor(identifier).isPresent()) {
                return super.doLoadOrCreate(identifier, factory);
            }
            var made = make(lock, factory);
            kept = true;
            return made;
        } finally {
            if (!kept) {
                lock.release();
            }
        }
    }

    private LockAwareAggregate<T, EventSourcedAggregate<T>> make(Lock lock, Callable<T> factory) throws Exception {
        var made = new LockAwareAggregate<>(doCreateNewForLock(factory), lock);
        CurrentUnitOfWork.get().onCleanup(unitOfWork -> lock.release());
        return made;
    }
}
