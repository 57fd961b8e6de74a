package dev.muster.store;

import org.axonframework.eventsourcing.eventstore.EventStoreException;

/** A record of the log is not what was written. Nothing is skipped: reading ends here. */
public final class DamagedRecordException extends EventStoreException {

    private final long position;
    private final String fault;

    public DamagedRecordException(long position, String fault) {
        super("The event at position " + position + " is damaged: " + fault
                + ". Restore the folder from a backup; events before this position can still be read.");
        this.position = position;
        this.fault = fault;
    }

    /** What is wrong with the event: {@code its checksum differs}. */
    public String fault() {
        return fault;
    }

    /** Where the damage is: the position of the event. */
    public long position() {
        return position;
    }
}
