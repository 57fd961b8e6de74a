package dev.muster.transform;

import dev.muster.store.RocksEventStorageEngine;
import dev.muster.view.ViewProgress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.axonframework.config.AggregateConfiguration;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.AggregateDeletedException;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.axonframework.serialization.UnknownSerializedType;

/** Whether an application can live with a log: everything in it is read as the application reads it, once. Not thread-safe. */
public final class Verification {

    private static final Duration LOOK = Duration.ofMillis(200);

    private final RocksEventStorageEngine log;
    private final Configuration axon;
    private final ViewProgress views;

    /** Of each entity, what it is and its last event that is read: an upcaster may drop what comes after it. */
    private final Map<String, Last> lastOf = new LinkedHashMap<>();

    private long events;
    private long position = -1;

    private record Last(String type, long sequence) {}

    /**
     * What was found to be right.
     *
     * @param events that came through the upcasters
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
        WrittenLog.check(log, copied);
        readAll(eventsRead);
        loadAll();
        foldAll(eventsFolded);
        if (log.head() != copied.written()) {
            throw new TransformException("The new log was written to while it was read.");
        }
        return new Verified(events, lastOf.size(), position);
    }

    private void readAll(LongConsumer progress) {
        try (var read = log.readEvents((TrackingToken) null, false)) {
            read.forEachOrdered(event -> {
                note(event);
                progress.accept(position + 1);
            });
        } catch (TransformException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new TransformException("The new log can't be read after position " + position + ": " + root(e), e);
        }
    }

    private void note(TrackedEventMessage<?> event) {
        if (event.getPayload() instanceof UnknownSerializedType || event.getMetaData() == null) {
            throw new TransformException("The event " + event.getIdentifier() + " at position " + at(event)
                    + " is of a type that this application doesn't know.");
        }
        events++;
        position = at(event);
        if (event instanceof DomainEventMessage<?> domain && domain.getType() != null) {
            lastOf.put(domain.getAggregateIdentifier(), new Last(domain.getType(), domain.getSequenceNumber()));
        }
    }

    private static long at(TrackedEventMessage<?> event) {
        return event.trackingToken().position().orElse(-1);
    }

    private void loadAll() {
        var repositories = repositories();
        lastOf.forEach((entity, last) -> {
            var repository = repositories.get(last.type());
            if (repository == null) {
                throw new TransformException(
                        entity + " is a " + last.type() + ", and this application has no aggregate of that type.");
            }
            load(repository, entity, last.sequence());
        });
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

    private void foldAll(LongConsumer progress) throws InterruptedException {
        while (!views.awaitPosition(position, LOOK) || !processors().allMatch(each -> isAt(each, position))) {
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
        progress.accept(position + 1);
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
