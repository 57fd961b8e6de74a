package dev.muster.replay;

import dev.muster.view.BesideStores;
import dev.muster.world.Projections;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.jspecify.annotations.Nullable;

/** Folds the log into the views beside: a tracking processor with a name and a token of its own, so that it goes on where it was. */
final class ReplayFold {

    private final BesideStores stores;
    private final TrackingEventProcessor processor;

    ReplayFold(
            String name,
            BesideStores stores,
            Projections projections,
            StreamableMessageSource<TrackedEventMessage<?>> log,
            TokenStore tokens,
            TransactionManager transactions,
            int batchSize) {
        this.stores = stores;
        this.processor = TrackingEventProcessor.builder()
                .name(name)
                .eventHandlerInvoker(new Invoker(projections))
                .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
                .errorHandler(PropagatingErrorHandler.instance())
                .messageSource(log)
                .tokenStore(tokens)
                .transactionManager(transactions)
                .trackingEventProcessorConfiguration(TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                        .andBatchSize(batchSize)
                        .andEventAvailabilityTimeout(100, TimeUnit.MILLISECONDS)
                        .andInitialTrackingToken(
                                source -> tokenAt(stores.marks().position())))
                .build();
        processor.registerHandlerInterceptor(stores.marks().interceptor());
    }

    private static @Nullable GlobalSequenceTrackingToken tokenAt(long position) {
        return position < 0 ? null : new GlobalSequenceTrackingToken(position);
    }

    void start() {
        processor.start();
    }

    /** Returns when nothing is being folded any more. */
    void stop() {
        processor.shutDown();
    }

    long position() {
        return stores.marks().position();
    }

    @Nullable
    Throwable error() {
        return processor.processingStatus().values().stream()
                .filter(EventTrackerStatus::isErrorState)
                .map(EventTrackerStatus::getError)
                .findFirst()
                .orElse(null);
    }

    /** @return whether it has got there within that time */
    boolean await(long wanted, Duration atMost) {
        var until = System.nanoTime() + atMost.toNanos();
        while (position() < wanted) {
            if (System.nanoTime() > until) {
                return false;
            }
            LockSupport.parkNanos(2_000_000);
        }
        return true;
    }

    /** Every event is handled, also one that concerns none of these projections: where they stand counts all of them. */
    private record Invoker(Projections projections) implements EventHandlerInvoker {

        @Override
        public boolean canHandle(EventMessage<?> event, Segment segment) {
            return true;
        }

        @Override
        public boolean canHandleType(Class<?> payloadType) {
            return true;
        }

        @Override
        public void handle(EventMessage<?> message, Segment segment) {
            projections.fold((TrackedEventMessage<?>) message);
        }
    }
}
