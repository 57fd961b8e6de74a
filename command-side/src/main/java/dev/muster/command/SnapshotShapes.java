package dev.muster.command;

import java.util.Objects;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.UnknownSerializedType;

/**
 * Lets a snapshot be used if it has the revision with which it would be written now; otherwise it is left aside, and its
 * aggregate is loaded from its events. What the revision tells is up to the serializer ({@link
 * dev.muster.message.StateRevisions}). Thread-safe.
 */
public final class SnapshotShapes implements SnapshotFilter {

    private final Serializer snapshots;

    /** @param snapshots the serializer that writes snapshots */
    public SnapshotShapes(Serializer snapshots) {
        this.snapshots = snapshots;
    }

    @Override
    public boolean test(DomainEventData<?> snapshot) {
        var stored = snapshot.getPayload().getType();
        Class<?> type = snapshots.classForType(stored);
        return type != UnknownSerializedType.class
                && Objects.equals(
                        stored.getRevision(), snapshots.typeForClass(type).getRevision());
    }
}
