package dev.muster.app;

import dev.muster.history.LogOrigin;
import dev.muster.view.ViewProgress;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether the views are folded and the sagas go on, and how far the views are behind the log. */
@Component("views")
class ViewHealth extends AbstractHealthIndicator {

    private final EventProcessingConfiguration processing;
    private final ViewProgress progress;
    private final LogOrigin log;

    ViewHealth(EventProcessingConfiguration processing, ViewProgress progress, LogOrigin log, MeterRegistry meters) {
        this.processing = processing;
        this.progress = progress;
        this.log = log;
        Gauge.builder("muster.log.events", log, LogOrigin::head)
                .description("Events in the log")
                .register(meters);
        Gauge.builder("muster.views.lag", this, ViewHealth::lag)
                .description("Events that the views have not folded yet")
                .register(meters);
    }

    private long lag() {
        return Math.max(0, log.head() - progress.position() - 1);
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        var failure = processing.eventProcessors().values().stream()
                .filter(TrackingEventProcessor.class::isInstance)
                .flatMap(processor -> ((TrackingEventProcessor) processor).processingStatus().values().stream())
                .filter(EventTrackerStatus::isErrorState)
                .map(EventTrackerStatus::getError)
                .findFirst();
        health.up();
        failure.ifPresent(error -> health.down().withDetail("error", error.toString()));
        var paused = processing.eventProcessors().values().stream()
                .filter(processor -> processor instanceof TrackingEventProcessor && !processor.isRunning())
                .map(EventProcessor::getName)
                .sorted()
                .toList();
        if (!paused.isEmpty()) {
            health.withDetail("paused", paused);
        }
        health.withDetail("position", progress.position()).withDetail("lag", lag());
    }
}
