package dev.muster.subscription;

import dev.muster.app.MusterProperties;
import dev.muster.history.LogReader;
import dev.muster.message.Actor;
import dev.muster.message.Refusal;
import dev.muster.subscription.Acknowledgement.Failure;
import dev.muster.subscription.SubscriptionCommand.AdvanceSubscription;
import dev.muster.subscription.SubscriptionCommand.OpenSubscription;
import dev.muster.subscription.SubscriptionCommand.ParkDelivery;
import dev.muster.subscription.SubscriptionEvent.DeliveryRetried;
import dev.muster.subscription.SubscriptionEvent.SubscriptionChanged;
import dev.muster.subscription.SubscriptionEvent.SubscriptionDeleted;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the events of subscriptions. What is in flight is kept in memory; once a second is recorded how far each
 * subscription is. Thread-safe.
 */
public final class Deliveries implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    /** How often is looked at what has waited long enough. */
    private static final long TICK_MILLIS = 100;

    /** After how many ticks the log is read also if nobody said that it has grown, as where others append to it. */
    private static final int LOOK_TICKS = 10;

    private static final long RECORD_MILLIS = 1_000;

    /** After how long a subscription that nobody has used is let go from memory. */
    private static final Duration UNUSED = Duration.ofMinutes(5);

    private final LogReader log;
    private final SystemSender commands;
    private final Clock clock;
    private final MusterProperties.Subscription limits;
    private final Semaphore places;
    private final Map<SubscriptionId, ActiveSubscription> active = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final ScheduledExecutorService worker = thread("muster-deliveries");
    private final ScheduledExecutorService recorder = thread("muster-delivery-records");
    private int ticks;
    private volatile boolean closed;

    Deliveries(LogReader log, SystemSender commands, Clock clock, MusterProperties.Subscription limits) {
        this.log = log;
        this.commands = commands;
        this.clock = clock;
        this.limits = limits;
        this.places = new Semaphore(limits.maxWaiting());
    }

    private static ScheduledExecutorService thread(String name) {
        var executor = new ScheduledThreadPoolExecutor(
                1,
                work -> {
                    var thread = new Thread(work, name);
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return executor;
    }

    void start() {
        worker.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        recorder.scheduleWithFixedDelay(this::record, RECORD_MILLIS, RECORD_MILLIS, TimeUnit.MILLISECONDS);
    }

    // ---- for members

    /**
     * Hands out events to a member, as soon as there are some.
     *
     * @param limit how many at most
     * @param inAll whether the limit counts what the member has in hand already
     * @param wait how long to wait while there are none; then the answer is empty
     * @throws Refusal if there is no such subscription, it is not for that actor, or too many wait
     */
    public CompletableFuture<List<Delivered>> take(
            SubscriptionId id, Actor actor, String member, int limit, boolean inAll, Duration wait) {
        var subscription = fetchable(id, actor);
        if (!places.tryAcquire()) {
            throw DeliveryRefusals.tooManyWaiting(limits.maxWaiting());
        }
        CompletableFuture<List<Delivered>> answer;
        try {
            answer = subscription.ask(member, limit, inAll, clock.instant());
        } catch (RuntimeException e) {
            places.release();
            throw e;
        }
        answer.whenComplete((delivered, failure) -> places.release());
        if (!answer.isDone()) {
            var end = worker.schedule(() -> subscription.giveUp(answer), wait.toMillis(), TimeUnit.MILLISECONDS);
            answer.whenComplete((delivered, failure) -> end.cancel(false));
        }
        return answer;
    }

    /**
     * Whether an actor may fetch.
     *
     * @throws Refusal if not
     */
    public void check(SubscriptionId id, Actor actor) {
        fetchable(id, actor);
    }

    private ActiveSubscription fetchable(SubscriptionId id, Actor actor) {
        var subscription = readable(id, actor);
        if (subscription.webhook().isPresent()) {
            throw DeliveryRefusals.hasWebhook(id);
        }
        return subscription;
    }

    /** A member says what came of what it was handed out. */
    public Acknowledgement settle(
            SubscriptionId id, Actor actor, String member, List<DeliveryId> acknowledged, List<Failure> failed) {
        var subscription = readable(id, actor);
        var settled = subscription.settle(member, acknowledged, failed, clock.instant());
        wake();
        return settled;
    }

    /** What is in flight now. */
    public DeliveryStatus status(SubscriptionId id, Actor actor) {
        return readable(id, actor).status();
    }

    private ActiveSubscription readable(SubscriptionId id, Actor actor) {
        if (closed) {
            throw DeliveryRefusals.stopping();
        }
        var subscription = open(id);
        if (!subscription.mayBeReadBy(actor)) {
            throw DeliveryRefusals.notYours(id, actor);
        }
        return subscription;
    }

    // ---- which there are

    ActiveSubscription open(SubscriptionId id) {
        var known = active.get(id);
        return isOpen(known) ? known : active.compute(id, (same, present) -> isOpen(present) ? present : opened(same));
    }

    private static boolean isOpen(@Nullable ActiveSubscription subscription) {
        return subscription != null && !subscription.isClosed();
    }

    private ActiveSubscription opened(SubscriptionId id) {
        var progress = (SubscriptionProgress) Objects.requireNonNull(commands.send(new OpenSubscription(id)));
        return new ActiveSubscription(id, log, progress, bounds(progress.terms()));
    }

    boolean isActive(SubscriptionId id) {
        return active.containsKey(id);
    }

    /** Tells whenever there may be something to hand out. */
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    /** How long to wait after something failed so often in a row. */
    Duration backoffAfter(int failed) {
        return new DeliveryTerms(1, Duration.ZERO, 1, limits.backoff(), limits.backoffLimit()).backoffAfter(failed);
    }

    private DeliveryTerms bounds(SubscriptionTerms terms) {
        return new DeliveryTerms(
                limits.window(), terms.acknowledgeWithin(), terms.tries(), limits.backoff(), limits.backoffLimit());
    }

    List<ActiveSubscription> active() {
        return List.copyOf(active.values());
    }

    // ---- what happens

    /**
     * Told of events in the thread that appends them; what comes of it is done once they are durable, by the worker. But of what is
     * deleted nothing comes any more from when the deletion is answered.
     */
    void appended(List<? extends EventMessage<?>> events) {
        var appended = List.copyOf(events);
        if (CurrentUnitOfWork.isStarted()) {
            CurrentUnitOfWork.get().root().afterCommit(unitOfWork -> durable(appended));
        } else {
            durable(appended);
        }
    }

    private void durable(List<? extends EventMessage<?>> events) {
        for (var event : events) {
            if (event.getPayload() instanceof SubscriptionEvent own && !closed) {
                if (own instanceof SubscriptionDeleted) {
                    end(own.subscriptionId());
                }
                worker.execute(() -> happened(own));
            }
        }
        wake();
    }

    /** It is not taken out here: that waits for what is being opened, which may wait for the lock that this thread has. */
    private void end(SubscriptionId id) {
        var known = active.get(id);
        if (known != null) {
            known.end();
        }
    }

    /** Also if it is being opened at this moment: then it is told once it is open. */
    private void happened(SubscriptionEvent event) {
        active.computeIfPresent(event.subscriptionId(), (id, subscription) -> {
            if (event instanceof SubscriptionDeleted) {
                subscription.close();
                return null;
            }
            if (event instanceof SubscriptionChanged changed) {
                subscription.become(changed.terms(), bounds(changed.terms()));
            } else if (event instanceof DeliveryRetried again) {
                subscription.retry(again.deliveryId());
            }
            return subscription;
        });
    }

    /**
     * There may be something to hand out. Where nobody takes part in a subscription, nobody needs to be woken: this comes with each
     * commit. A subscription that is being opened just now reads the log from where it is once it is open.
     */
    void wake() {
        if (!closed && !active.isEmpty() && woken.compareAndSet(false, true)) {
            worker.execute(() -> {
                woken.set(false);
                serve(true);
                listeners.forEach(Runnable::run);
            });
        }
    }

    private void tick() {
        ticks++;
        serve(ticks % LOOK_TICKS == 0);
    }

    private void serve(boolean mayHaveGrown) {
        for (var subscription : active()) {
            try {
                if (mayHaveGrown) {
                    subscription.wake();
                }
                if (subscription.isWaitedFor()) {
                    subscription.serve(clock.instant());
                }
            } catch (RuntimeException e) {
                LOG.warn("{} can't be delivered for now; it is tried again", subscription.id(), e);
            }
        }
    }

    // ---- what is recorded

    private void record() {
        active().forEach(this::record);
        if (!closed) {
            var since = clock.instant().minus(UNUSED);
            active.values().removeIf(subscription -> subscription.closeIfUnused(since));
        }
    }

    private void record(ActiveSubscription subscription) {
        try {
            park(subscription);
            subscription.toRecord().ifPresent(record -> advance(subscription, record));
        } catch (RuntimeException e) {
            LOG.warn("How far {} is can't be recorded for now; it is tried again", subscription.id(), e);
        }
    }

    private void park(ActiveSubscription subscription) {
        for (var delivery : subscription.toPark(clock.instant())) {
            try {
                commands.send(new ParkDelivery(subscription.id(), delivery));
                subscription.parked(DeliveryId.parse("deliveryId", delivery.deliveryId()));
                wake();
            } catch (Refusal refusal) {
                if (refusal.problem().status() != 409) {
                    throw refusal;
                }
                // Its entity waits until there is room among the parked, and so do those of the others.
                LOG.debug("{} can't be parked: {}", delivery.deliveryId(), refusal.getMessage());
                return;
            }
        }
    }

    private void advance(ActiveSubscription subscription, ActiveSubscription.Record record) {
        try {
            var progress = record.progress();
            commands.send(new AdvanceSubscription(
                    subscription.id(),
                    progress.position(),
                    progress.acknowledged(),
                    progress.settled(),
                    record.paused()));
            subscription.recorded(record);
        } catch (RuntimeException e) {
            subscription.notRecorded();
            if (!subscription.isClosed()) {
                throw e;
            }
        }
    }

    /** Nobody is given anything any more, and what was acknowledged is recorded. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        active().forEach(ActiveSubscription::close);
        worker.shutdown();
        recorder.execute(this::record);
        recorder.shutdown();
        try {
            if (!recorder.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("How far subscriptions are could not be recorded in time; some events are delivered again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
