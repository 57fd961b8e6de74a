package dev.muster.processor;

import dev.muster.history.LogOrigin;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.replay.ReplayRequest;
import dev.muster.replay.Replays;
import dev.muster.view.ViewProgress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.jspecify.annotations.Nullable;

/** The processors of events, as operators see them. Thread-safe. */
public final class Processors {

    private final EventProcessingConfiguration processing;
    private final String views;
    private final ViewProgress progress;
    private final LogOrigin log;
    private final Replays replays;
    /** Where processors stood when they were last looked at: one that is paused does not say. */
    private final Map<String, Long> positions = new ConcurrentHashMap<>();

    /** @param views the name of the processor that folds the views, the only one that can be replayed */
    public Processors(
            EventProcessingConfiguration processing,
            String views,
            ViewProgress progress,
            LogOrigin log,
            Replays replays) {
        this.processing = processing;
        this.views = views;
        this.progress = progress;
        this.log = log;
        this.replays = replays;
    }

    public List<ProcessorStatus> all() {
        return new TreeMap<>(processing.eventProcessors())
                .values().stream()
                        .filter(TrackingEventProcessor.class::isInstance)
                        .map(processor -> status((TrackingEventProcessor) processor))
                        .toList();
    }

    /** @throws Refusal if there is none of that name */
    public ProcessorStatus get(String name) {
        return status(find(name));
    }

    private TrackingEventProcessor find(String name) {
        return processing
                .eventProcessor(name, TrackingEventProcessor.class)
                .orElseThrow(() -> new Refusal(new Problem(
                        "unknown-processor",
                        "There is no such processor",
                        404,
                        "There is no processor " + name + ". There are "
                                + String.join(", ", new TreeMap<>(processing.eventProcessors()).keySet()) + ".")));
    }

    private ProcessorStatus status(TrackingEventProcessor processor) {
        var name = processor.getName();
        var status = processor.processingStatus().values();
        var error = status.stream()
                .filter(EventTrackerStatus::isErrorState)
                .map(EventTrackerStatus::getError)
                .filter(Objects::nonNull)
                .findFirst()
                .map(Throwable::toString)
                .orElse(null);
        var position = position(name, status.stream().findFirst().orElse(null));
        var head = log.head();
        return new ProcessorStatus(
                name,
                !processor.isRunning() ? "paused" : error != null ? "failing" : "running",
                position,
                head,
                Math.max(0, head - position - 1),
                error,
                name.equals(views) ? replays.status().orElse(null) : null);
    }

    private long position(String name, @Nullable EventTrackerStatus status) {
        if (name.equals(views)) {
            return progress.position();
        }
        var known = positions.getOrDefault(name, -1L);
        if (status == null) {
            return known;
        }
        var now = Math.max(known, status.getCurrentPosition().orElse(-1));
        positions.put(name, now);
        return now;
    }

    /** Returns when it handles nothing any more; until it is resumed, or the server starts again. */
    public ProcessorStatus pause(String name) {
        var processor = find(name);
        status(processor);
        processor.shutDown();
        return status(processor);
    }

    public ProcessorStatus resume(String name) {
        var processor = find(name);
        if (!processor.isRunning()) {
            processor.start();
        }
        return status(processor);
    }

    /** Has the views folded again; see {@link Replays#start}. */
    public ProcessorStatus reset(String name, ReplayRequest request) {
        find(name);
        if (!name.equals(views)) {
            throw new Refusal(new Problem(
                    "replay-refused",
                    "This processor can't be replayed",
                    409,
                    "The processor " + name
                            + " sends commands for what has happened, so it is not given the past again." + " Only "
                            + views + " can be replayed."));
        }
        replays.start(request);
        return get(name);
    }

    /** Gives up the replay that is under way. */
    public ProcessorStatus cancel(String name) {
        find(name);
        replays.cancel();
        return get(name);
    }
}
