package dev.muster.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.modelling.command.ConcurrencyException;

/** A log in memory that counts who reads an aggregate, and refuses an append when told to. */
final class CountedLog extends InMemoryEventStorageEngine {

    private final Map<String, Long> versions = new HashMap<>();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile Optional<RuntimeException> refusal = Optional.empty();
    private volatile Runnable beforeAppend = () -> {};

    /** How often the events of an aggregate were read since this was asked last. */
    int reads() {
        return reads.getAndSet(0);
    }

    /** Refuses the next append. */
    void refuseOne(RuntimeException failure) {
        refusal = Optional.of(failure);
    }

    /** What happens before the next append, in its thread. */
    void beforeAppend(Runnable action) {
        beforeAppend = () -> {
            beforeAppend = () -> {};
            action.run();
        };
    }

    /** What another writer does. */
    void append(DomainEventMessage<?> event) {
        appendEvents(List.of(event));
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        beforeAppend.run();
        append(events);
    }

    private synchronized void append(List<? extends EventMessage<?>> events) {
        var failure = refusal;
        refusal = Optional.empty();
        failure.ifPresent(refused -> {
            throw refused;
        });
        var next = new HashMap<>(versions);
        for (var event : events) {
            if (event instanceof DomainEventMessage<?> domain
                    && next.merge(domain.getAggregateIdentifier(), 0L, (version, none) -> version + 1)
                            != domain.getSequenceNumber()) {
                throw new ConcurrencyException("Out of order: " + domain.getSequenceNumber());
            }
        }
        versions.putAll(next);
        super.appendEvents(events);
    }

    @Override
    public synchronized Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
        return Optional.ofNullable(versions.get(aggregateIdentifier));
    }

    @Override
    public DomainEventStream readEvents(String aggregateIdentifier, long firstSequenceNumber) {
        reads.incrementAndGet();
        return super.readEvents(aggregateIdentifier, firstSequenceNumber);
    }
}
