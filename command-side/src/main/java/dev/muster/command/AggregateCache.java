package dev.muster.command;

import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates between their commands, so that a command does not read again what the one before has read. Each is in here only
 * while nobody has it: who loads an aggregate <em>takes it out</em>, under the lock that its repository holds, and it comes
 * back when the unit of work has committed, before that lock is released. Whatever goes wrong on the way (a refusal, a conflict,
 * an append that failed) leaves it outside, and the next command reads the log. So what is in here is always the fold of all
 * events of its aggregate, provided that no other process appends to them.
 *
 * <p>The one exception is a unit of work that says by {@link #untouched} that it refuses its command before any code of an
 * aggregate ran. Of those kept, the one longest unused goes first, and any when memory gets short. Thread-safe.
 */
public final class AggregateCache implements Cache {

    private static final String UNTOUCHED = AggregateCache.class.getName();

    private final Map<Object, SoftReference<Object>> kept;

    /** @param size how many aggregates are kept at most */
    public AggregateCache(int size) {
        this.kept = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Object, SoftReference<Object>> eldest) {
                return size() > size;
            }
        };
    }

    /** Says that no aggregate was changed by this unit of work, should it be rolled back now. */
    static void untouched(UnitOfWork<?> unitOfWork) {
        unitOfWork.root().resources().put(UNTOUCHED, true);
    }

    /** Takes {@link #untouched} back, before code of an aggregate runs. */
    static void touched(UnitOfWork<?> unitOfWork) {
        unitOfWork.root().resources().remove(UNTOUCHED);
    }

    /** Takes an aggregate out. */
    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <K, V> @Nullable V get(K key) {
        Object entry;
        synchronized (kept) {
            var reference = kept.remove(key);
            entry = reference == null ? null : reference.get();
        }
        if (entry != null && CurrentUnitOfWork.isStarted()) {
            // Axon says to forget it on a rollback; its handlers run in reverse, so this one, added before, runs later.
            CurrentUnitOfWork.get().root().onRollback(unitOfWork -> {
                if (unitOfWork.root().getResource(UNTOUCHED) != null) {
                    keep(key, entry);
                }
            });
        }
        return (V) entry;
    }

    /** Has an aggregate come back when the present unit of work has committed. */
    @Override
    public void put(Object key, Object entry) {
        CurrentUnitOfWork.get().root().afterCommit(unitOfWork -> keep(key, entry));
    }

    private void keep(Object key, Object entry) {
        synchronized (kept) {
            kept.put(key, new SoftReference<>(entry));
        }
    }

    /**
     * Whether one is absent can't be told before the unit of work has committed, which is when an aggregate comes back; Axon's
     * repositories call {@link #put} alone. It is refused, since an answer made up here could leave a stale aggregate.
     */
    @Override
    public boolean putIfAbsent(Object key, Object entry) {
        throw new UnsupportedOperationException("An aggregate comes back by its repository alone");
    }

    @Override
    public boolean remove(Object key) {
        synchronized (kept) {
            return kept.remove(key) != null;
        }
    }

    @Override
    public void removeAll() {
        synchronized (kept) {
            kept.clear();
        }
    }

    @Override
    public boolean containsKey(Object key) {
        synchronized (kept) {
            var reference = kept.get(key);
            return reference != null && reference.get() != null;
        }
    }

    /** How many aggregates are in here, hence in nobody's hands. */
    public int size() {
        synchronized (kept) {
            return kept.size();
        }
    }

    /**
     * Axon's repositories ask not to be told, and what is taken out and comes back with each command is no news of what exists.
     * It is refused, since a listener who never hears anything would be misled.
     */
    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        throw new UnsupportedOperationException("Nobody is told what is kept");
    }
}
