package dev.muster.transform;

import dev.muster.store.RocksEventStorageEngine;
import dev.muster.view.ViewProgress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.axonframework.config.AggregateConfiguration;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.AggregateDeletedException;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.axonframework.serialization.UnknownSerializedType;

/** Whether an application can live with a log: everything in it is read as the application reads it. */
public final class Verification {

    private static final Duration LOOK = Duration.ofMillis(200);

    private final RocksEventStorageEngine log;
    private final Configuration axon;
    private final ViewProgress views;

    /**
     * What was found to be right.
     *
     * @param events that were read through the upcasters
     * @param entities that were loaded from their events
     * @param position up to which the views and sagas were folded
     */
    public record Verified(long events, long entities, long position) {}

    public Verification(RocksEventStorageEngine log, Configuration axon, ViewProgress views) {
        this.log = log;
        this.axon = axon;
        this.views = views;
    }

    /**
     * Reads all events, loads all entities, and waits until the views and sagas are folded.
     *
     * @param copied what the log must be
     * @throws TransformException at the first fault
     */
    public Verified run(LogCopy.Copied copied, LongConsumer eventsRead, LongConsumer eventsFolded)
            throws InterruptedException {
        var written = WrittenLog.check(log, copied);
        var events = readAll(eventsRead);
        var entities = loadAll(written);
        foldAll(copied.written(), eventsFolded);
        if (log.head() != copied.written()) {
            throw new TransformException("The new log was written to while it was read.");
        }
        return new Verified(events, entities, log.head() - 1);
    }

    private long readAll(LongConsumer progress) {
        var read = 0L;
        TrackedEventMessage<?> event = null;
        try (var events = log.readEvents((TrackingToken) null, false)) {
            for (var each = events.iterator(); each.hasNext(); read++) {
                event = each.next();
                if (event.getPayload() instanceof UnknownSerializedType || event.getMetaData() == null) {
                    throw new TransformException("The event " + event.getIdentifier() + " at position " + at(event)
                            + " is of a type that this application doesn't know.");
                }
                progress.accept(at(event) + 1);
            }
        } catch (TransformException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new TransformException(
                    "The new log can't be read" + (event == null ? "" : " at position " + at(event) + " or after it")
                            + ": " + root(e),
                    e);
        }
        return read;
    }

    private static long at(TrackedEventMessage<?> event) {
        return event.trackingToken().position().orElse(-1);
    }

    private long loadAll(WrittenLog written) {
        var repositories = repositories();
        written.types().forEach((entity, type) -> {
            var repository = repositories.get(type);
            if (repository == null) {
                throw new TransformException(
                        entity + " is a " + type + ", and this application has no aggregate of that type.");
            }
            load(repository, entity, written.last(entity));
        });
        return written.types().size();
    }

    private Map<String, Repository<?>> repositories() {
        var repositories = new HashMap<String, Repository<?>>();
        for (var aggregate : axon.findModules(AggregateConfiguration.class)) {
            Class<?> root = aggregate.aggregateType();
            var model = AnnotatedAggregateMetaModelFactory.inspectAggregate(
                    root, axon.parameterResolverFactory(), axon.handlerDefinition(root));
            repositories.put(model.type(), aggregate.repository());
        }
        return repositories;
    }

    private static void load(Repository<?> repository, String entity, long last) {
        var work = DefaultUnitOfWork.startAndGet(null);
        try {
            var version = repository.load(entity).version();
            if (version == null || version != last) {
                throw new TransformException(
                        entity + " was loaded with version " + version + ", but its last event is " + last + ".");
            }
        } catch (AggregateDeletedException e) {
            // It was loaded to its end.
        } catch (TransformException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new TransformException(entity + " can't be loaded from its events: " + root(e), e);
        } finally {
            work.rollback();
        }
    }

    private void foldAll(long events, LongConsumer progress) throws InterruptedException {
        while (!views.awaitPosition(events - 1, LOOK) || !processors().allMatch(each -> isAt(each, events - 1))) {
            progress.accept(views.position() + 1);
            processors()
                    .flatMap(processor -> processor.processingStatus().values().stream())
                    .filter(EventTrackerStatus::isErrorState)
                    .findFirst()
                    .ifPresent(failed -> {
                        throw new TransformException("The new log can't be folded into views and sagas, where it was at"
                                + " position " + failed.getCurrentPosition().orElse(-1) + ": "
                                + root(failed.getError()));
                    });
            Thread.sleep(LOOK.toMillis());
        }
        progress.accept(events);
    }

    private Stream<TrackingEventProcessor> processors() {
        return axon.eventProcessingConfiguration().eventProcessors().values().stream()
                .filter(TrackingEventProcessor.class::isInstance)
                .map(TrackingEventProcessor.class::cast)
                .filter(TrackingEventProcessor::isRunning);
    }

    private static boolean isAt(TrackingEventProcessor processor, long position) {
        var segments = processor.processingStatus().values();
        return position < 0
                || !segments.isEmpty()
                        && segments.stream()
                                .allMatch(
                                        segment -> segment.getCurrentPosition().orElse(-1) >= position);
    }

    private static Throwable root(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
