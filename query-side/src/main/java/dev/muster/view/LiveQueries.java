package dev.muster.view;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.queryhandling.GenericQueryMessage;
import org.axonframework.queryhandling.GenericSubscriptionQueryUpdateMessage;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.QueryMessage;
import org.axonframework.queryhandling.SubscriptionQueryMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the answer to every subscription query live. What the query handler reads is noted; when one of these views is
 * changed the query is asked again, a few times a second at most, and the whole new answer is sent if it is another one. So
 * a query handler needs to do nothing for it.
 */
public final class LiveQueries implements ViewChanges.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(LiveQueries.class);
    private static final String AGAIN = LiveQueries.class.getName();
    private static final long REST_MILLIS = 200;

    private final QueryBus queries;
    private final ScheduledExecutorService scheduler;
    private final Map<String, Live> lives = new ConcurrentHashMap<>();

    /** @param scheduler asks the queries again; one thread will do */
    public LiveQueries(QueryBus queries, ScheduledExecutorService scheduler) {
        this.queries = queries;
        this.scheduler = scheduler;
    }

    /** How many answers are being kept live. */
    public int size() {
        return lives.size();
    }

    /** To be registered with the query bus, once: Axon would register a bean of this type by itself. */
    public MessageHandlerInterceptor<QueryMessage<?, ?>> interceptor() {
        return this::handle;
    }

    private @Nullable Object handle(UnitOfWork<? extends QueryMessage<?, ?>> unitOfWork, InterceptorChain chain)
            throws Exception {
        var message = unitOfWork.getMessage();
        if (message instanceof SubscriptionQueryMessage<?, ?, ?> subscription) {
            forgetTheEnded();
            var live = new Live(subscription);
            lives.put(live.id, live);
            try {
                return live.ask(chain);
            } catch (Exception e) {
                lives.remove(live.id);
                throw e;
            }
        }
        var again = message.getMetaData().get(AGAIN);
        var live = again == null ? null : lives.get((String) again);
        return live == null ? chain.proceed() : live.ask(chain);
    }

    @Override
    public void changed(String store, Set<String> keys) {
        lives.values().forEach(live -> live.changed(store, keys));
    }

    @Override
    public void replaced(String store) {
        lives.values().forEach(live -> live.replaced(store));
    }

    /** What nothing has touched since it ended would be kept otherwise. */
    private void forgetTheEnded() {
        var active = queries.queryUpdateEmitter().activeSubscriptions().stream()
                .map(SubscriptionQueryMessage::getIdentifier)
                .collect(Collectors.toSet());
        lives.keySet().removeIf(id -> !active.contains(id));
    }

    private boolean isSubscribed(String id) {
        return queries.queryUpdateEmitter().activeSubscriptions().stream()
                .anyMatch(subscription -> subscription.getIdentifier().equals(id));
    }

    /** One subscription. */
    private final class Live {

        private final String id;
        private final SubscriptionQueryMessage<?, ?, ?> subscription;
        private final AtomicBoolean due = new AtomicBoolean();

        /** None while the query is being asked: then any change may concern it. */
        private volatile @Nullable ViewReads reads;

        private volatile @Nullable Object answer;

        Live(SubscriptionQueryMessage<?, ?, ?> subscription) {
            this.id = subscription.getIdentifier();
            this.subscription = subscription;
        }

        @Nullable
        Object ask(InterceptorChain chain) throws Exception {
            reads = null;
            var noted = new ViewReads();
            var result = noted.during(chain::proceed);
            if (answer == null) {
                answer = result;
            }
            reads = noted;
            return result;
        }

        void changed(String store, Set<String> keys) {
            var known = reads;
            askSoonIf(known == null || known.isTouchedBy(store, keys));
        }

        void replaced(String store) {
            var known = reads;
            askSoonIf(known == null || known.isOf(store));
        }

        private void askSoonIf(boolean touched) {
            if (touched && due.compareAndSet(false, true)) {
                scheduler.schedule(this::askAgain, REST_MILLIS, TimeUnit.MILLISECONDS);
            }
        }

        private void askAgain() {
            if (!isSubscribed(id)) {
                lives.remove(id);
                return;
            }
            due.set(false);
            var query = new GenericQueryMessage<>(
                            subscription.getPayload(), subscription.getQueryName(), subscription.getResponseType())
                    .withMetaData(subscription.getMetaData().and(AGAIN, id));
            queries.query(query).whenComplete((response, failure) -> {
                if (failure != null || response.isExceptional()) {
                    LOG.warn(
                            "A live answer to {} was left as it is, since asking again failed",
                            subscription.getQueryName(),
                            failure != null ? failure : response.exceptionResult());
                } else if (!Objects.equals(answer, response.getPayload())) {
                    answer = response.getPayload();
                    send(answer);
                }
            });
        }

        private <U> void send(@Nullable U update) {
            Predicate<SubscriptionQueryMessage<?, ?, U>> mine =
                    message -> message.getIdentifier().equals(id);
            queries.queryUpdateEmitter().emit(mine, GenericSubscriptionQueryUpdateMessage.<U>asUpdateMessage(update));
        }
    }
}
