package dev.muster.subscription;

import dev.muster.app.MusterProperties;
import dev.muster.message.Refusal;
import dev.muster.subscription.Acknowledgement.Failure;
import dev.muster.view.Selection;
import dev.muster.view.ViewStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Is the one member of each subscription with a webhook: takes its events, sends them, and says what came of it. While a
 * receiver is gone the subscription is paused, and one event at a time is tried, less and less often. All is done by one
 * thread; only calls are made by others.
 */
public final class Webhooks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final String MEMBER = "webhook";
    private static final long TICK_MILLIS = 100;

    /** After how many ticks is looked which subscriptions have a webhook. */
    private static final int LOOK_TICKS = 10;

    /** How much longer than a call may take its event is in hand, so that none is given out twice at a time. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final Deliveries deliveries;
    private final ViewStore<SubscriptionRow> subscriptions;
    private final WebhookCalls calls;
    private final WebhookSecrets secrets;
    private final Clock clock;
    private final MusterProperties.Subscription limits;
    private final Map<SubscriptionId, Line> lines = new HashMap<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor worker;
    private int ticks;

    /** What is known of a receiver. */
    private static final class Line {
        int calls;
        int goneInARow;
        Instant notBefore = Instant.MIN;
    }

    Webhooks(
            Deliveries deliveries,
            ViewStore<SubscriptionRow> subscriptions,
            WebhookCalls calls,
            WebhookSecrets secrets,
            Clock clock,
            MusterProperties.Subscription limits) {
        this.deliveries = deliveries;
        this.subscriptions = subscriptions;
        this.calls = calls;
        this.secrets = secrets;
        this.clock = clock;
        this.limits = limits;
        this.worker = new ScheduledThreadPoolExecutor(
                1,
                work -> {
                    var thread = new Thread(work, "muster-webhooks");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void start() {
        deliveries.listen(this::wake);
        worker.scheduleWithFixedDelay(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The secret by which what is sent to a subscription's webhook is signed; for operators. */
    public String secret(SubscriptionId id) {
        var subscription = deliveries.open(id);
        return secrets.text(id, subscription.webhook().orElseThrow(() -> DeliveryRefusals.noWebhook(id)));
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            worker.execute(() -> {
                woken.set(false);
                sendAll();
            });
        }
    }

    private void tick() {
        if (ticks++ % LOOK_TICKS == 0) {
            try {
                subscriptions.all(Selection.all().where("webhook", true)).forEach(this::open);
            } catch (RuntimeException e) {
                LOG.warn("Which subscriptions have a webhook can't be seen for now; it is tried again", e);
            }
        }
        sendAll();
    }

    /** The view may be behind: what was deleted meanwhile is not there to be opened. */
    private void open(SubscriptionRow row) {
        try {
            deliveries.open(row.view().subscriptionId());
        } catch (Refusal refusal) {
            LOG.debug("{} can't be opened", row.view().subscriptionId(), refusal);
        }
    }

    private void sendAll() {
        for (var subscription : deliveries.active()) {
            try {
                subscription.webhook().ifPresent(webhook -> send(subscription, webhook));
            } catch (RuntimeException e) {
                LOG.warn("{} can't be sent for now; it is tried again", subscription.id(), e);
            }
        }
        lines.keySet().removeIf(id -> !deliveries.isActive(id));
    }

    private void send(ActiveSubscription subscription, Webhook webhook) {
        var line = lines.computeIfAbsent(subscription.id(), id -> new Line());
        var now = clock.instant();
        var free = (line.goneInARow > 0 ? 1 : limits.webhookLanes()) - line.calls;
        if (free <= 0 || now.isBefore(line.notBefore)) {
            return;
        }
        var within = limits.webhookTimeout();
        for (var delivered : subscription.take(MEMBER, free, now, within.plus(MARGIN))) {
            line.calls++;
            calls.send(subscription.id(), webhook, delivered, within)
                    .thenAcceptAsync(answer -> answered(subscription, line, delivered, answer), worker);
        }
    }

    private void answered(ActiveSubscription subscription, Line line, Delivered delivered, WebhookAnswer answer) {
        line.calls--;
        var now = clock.instant();
        switch (answer.kind()) {
            case DONE -> subscription.settle(MEMBER, List.of(delivered.id()), List.of(), now);
            case FAILED ->
                subscription.settle(
                        MEMBER,
                        List.of(),
                        List.of(new Failure(delivered.id(), "The receiver failed: " + answer.why())),
                        now);
            case GONE -> gone(subscription, line, delivered, answer.why(), now);
        }
        if (answer.kind() != WebhookAnswer.Kind.GONE) {
            line.goneInARow = 0;
            line.notBefore = Instant.MIN;
            subscription.pause(null);
        }
        wake();
    }

    /** Calls that were made at a time find out at a time, and count once. */
    private void gone(ActiveSubscription subscription, Line line, Delivered delivered, String why, Instant now) {
        subscription.giveBack(delivered.id(), MEMBER, now);
        if (!now.isBefore(line.notBefore)) {
            line.goneInARow++;
            line.notBefore = now.plus(deliveries.backoffAfter(line.goneInARow));
            subscription.pause("The receiver is gone: " + why);
        }
    }

    @Override
    public void close() {
        worker.shutdown();
        calls.close();
    }
}
