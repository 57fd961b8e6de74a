package dev.muster.store;

import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/** What the promises of the contract are tried on. */
public interface StoreUnderTest {

    EventStorageEngine engine();

    void closeEngine();

    /** Closes it and opens what it left; {@link #engine()} is another one then. */
    void reopenEngine();

    /** Appends events, and does something else before they are there, if the engine lets others in then. */
    void appendAround(Runnable meanwhile, List<? extends EventMessage<?>> events);
}
