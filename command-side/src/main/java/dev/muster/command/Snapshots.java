package dev.muster.command;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.AbstractSnapshotTrigger;
import org.axonframework.eventsourcing.SnapshotTrigger;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * When an aggregate is snapshotted: after so many events since its last snapshot, or when loading took too long and at least {@value
 * #FEWEST} events were read for it, since no snapshot would spare much else. The time of loading alone counts, not that of
 * handling the command. Thread-safe.
 */
public final class Snapshots implements SnapshotTriggerDefinition {

    /** How many events a loading reads at least, to be too slow by what a snapshot can spare. */
    public static final int FEWEST = 10;

    private final Snapshotter snapshotter;
    private final int events;
    private final long loadNanos;
    private final LongSupplier nanoTime;

    /**
     * @param events after how many events
     * @param loadTime if loading took longer
     * @param nanoTime tells how time passes, in nanoseconds: {@code System::nanoTime}
     */
    public Snapshots(Snapshotter snapshotter, int events, Duration loadTime, LongSupplier nanoTime) {
        this.snapshotter = snapshotter;
        this.events = events;
        this.loadNanos = loadTime.toNanos();
        this.nanoTime = nanoTime;
    }

    @Override
    public SnapshotTrigger prepareTrigger(Class<?> aggregateType) {
        return new Trigger(this, aggregateType);
    }

    @Override
    public SnapshotTrigger reconfigure(Class<?> aggregateType, SnapshotTrigger trigger) {
        if (trigger instanceof Trigger known) {
            known.setSnapshotter(snapshotter);
            return known;
        }
        return prepareTrigger(aggregateType);
    }

    /** Of one aggregate, from the moment in which its loading begins. */
    private static final class Trigger extends AbstractSnapshotTrigger {

        private final int events;
        private final long loadNanos;
        private final transient LongSupplier nanoTime;
        private final long began;
        private int counted;
        private boolean loaded;
        private boolean slow;

        private Trigger(Snapshots snapshots, Class<?> aggregateType) {
            super(snapshots.snapshotter, aggregateType);
            events = snapshots.events;
            loadNanos = snapshots.loadNanos;
            nanoTime = snapshots.nanoTime;
            began = nanoTime.getAsLong();
        }

        @Override
        public void eventHandled(EventMessage<?> event) {
            if (counted == 0 && !loaded && CurrentUnitOfWork.isStarted()) {
                // An aggregate that was made and is kept in memory was never loaded; a loading ends within its unit of
                // work.
                CurrentUnitOfWork.get().root().afterCommit(unitOfWork -> loaded = true);
            }
            counted++;
            super.eventHandled(event);
        }

        @Override
        public void initializationFinished() {
            loaded = true;
            super.initializationFinished();
        }

        @Override
        protected boolean exceedsThreshold() {
            return counted >= events
                    || !loaded && !slow && counted >= FEWEST && nanoTime.getAsLong() - began > loadNanos;
        }

        /** A slow loading asks for one snapshot, however much longer it takes. */
        @Override
        protected void reset() {
            slow = slow || counted < events;
            counted = 0;
        }
    }
}
