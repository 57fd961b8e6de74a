package dev.muster.app;

import dev.muster.mission.MissionCarrier;
import dev.muster.mission.MissionSaga;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Tells the carrier when the sagas have reached the head of the log. While an import runs nobody does. */
final class CarrierStart implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(CarrierStart.class);
    private static final long LOOK_MILLIS = 50;

    private final MissionCarrier carrier;
    private final EventProcessingConfiguration processing;
    private final boolean wanted;

    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "muster-missions-start");
        thread.setDaemon(true);
        return thread;
    });

    private volatile boolean running;

    CarrierStart(MissionCarrier carrier, EventProcessingConfiguration processing, boolean wanted) {
        this.carrier = carrier;
        this.processing = processing;
        this.wanted = wanted;
    }

    @Override
    public void start() {
        running = true;
        if (wanted) {
            worker.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        try {
            if (running && haveCaughtUp()) {
                carrier.caughtUp();
                worker.shutdown();
            }
        } catch (RuntimeException e) {
            LOG.warn("What missions owe can't be sent yet; it is tried again", e);
        }
    }

    private boolean haveCaughtUp() {
        return processing
                .eventProcessor(MissionSaga.GROUP, TrackingEventProcessor.class)
                .map(processor -> processor.processingStatus().values())
                .filter(segments -> !segments.isEmpty() && segments.stream().allMatch(EventTrackerStatus::isCaughtUp))
                .isPresent();
    }

    @Override
    public void stop() {
        running = false;
        worker.shutdown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
