package dev.muster.http;

import dev.muster.app.MusterProperties;
import dev.muster.message.Actor;
import dev.muster.message.AsOf;
import dev.muster.message.InvalidField;
import dev.muster.message.MessageCatalog;
import dev.muster.message.MetaKeys;
import dev.muster.message.PageType;
import dev.muster.message.Problem;
import dev.muster.message.QueryEntry;
import dev.muster.message.Refusal;
import dev.muster.view.ViewProgress;
import dev.muster.world.AsOfQueries;
import dev.muster.world.Worlds;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SubscriptionQueryResult;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Asks the queries of the catalog: live, once a command was seen, as of a moment, or for each change of the answer. */
@Component
public class QueryAsker {

    private final MessageCatalog catalog;
    private final QueryGateway queries;
    private final MessageBodies bodies;
    private final ViewProgress progress;
    private final AsOfQueries asOf;
    private final Worlds worlds;
    private final MusterProperties.Query limits;

    QueryAsker(
            MessageCatalog catalog,
            QueryGateway queries,
            MessageBodies bodies,
            ViewProgress progress,
            AsOfQueries asOf,
            Worlds worlds,
            MusterProperties properties) {
        this.catalog = catalog;
        this.queries = queries;
        this.bodies = bodies;
        this.progress = progress;
        this.asOf = asOf;
        this.worlds = worlds;
        this.limits = properties.query();
    }

    /**
     * What every query can be asked with besides its fields.
     *
     * @param asOf an instant, ISO 8601
     * @param position of the log; it and {@code asOf} exclude each other
     * @param after the {@code seen} of a command's answer
     * @param patience how long to wait for it, ISO 8601
     */
    public record When(
            @Nullable String asOf,
            @Nullable String position,
            @Nullable String after,
            @Nullable String patience) {

        /** Live, and at once. */
        public static final When NOW = new When(null, null, null, null);

        boolean isPast() {
            return asOf != null || position != null;
        }

        MetaData metadata() {
            var meta = new HashMap<String, Object>();
            if (asOf != null) {
                meta.put(MetaKeys.AS_OF, asOf);
            }
            if (position != null) {
                meta.put(MetaKeys.POSITION, position);
            }
            return MetaData.from(meta);
        }
    }

    /** An answer, and the position of the log that it holds for. */
    public record Answer(Object value, long position) {}

    /**
     * The query of that name in kebab case.
     *
     * @throws Refusal if there is none that is offered
     */
    public QueryEntry entry(String name) {
        return catalog.query(name)
                .filter(QueryEntry::offered)
                .orElseThrow(() -> new Refusal(new Problem(
                        "unknown-query",
                        "There is no such query",
                        404,
                        "There is no query " + name + ". GET /api/catalog lists those there are.")));
    }

    /**
     * A query of its fields.
     *
     * @throws Refusal if the fields are not its
     */
    public Object read(QueryEntry entry, ObjectNode json) {
        return bodies.read(json, entry.payload());
    }

    /**
     * Asks for that actor.
     *
     * @throws Refusal if the query is refused, or the views don't get to what was seen in time
     */
    public Answer ask(Actor actor, QueryEntry entry, Object query, When when) throws InterruptedException {
        var past = asOf.position(when.metadata());
        if (past.isPresent()) {
            if (when.after() != null) {
                throw new InvalidField("after", "waits for what is live; leave it out, or asOf and position");
            }
            var message = AsOf.position(query, past.getAsLong()).andMetaData(by(actor));
            return answer(message, entry.result(), past.getAsLong());
        }
        awaitSeen(when);
        return answer(new GenericMessage<>(query, by(actor)), entry.result(), progress.position());
    }

    private static Map<String, Object> by(Actor actor) {
        return Map.of(MetaKeys.ACTOR, actor.name());
    }

    private Answer answer(Message<?> query, Type result, long position) {
        try {
            return new Answer(queries.query(query, responseType(result)).join(), position);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /** Waits until the views have got to what was seen, if anything was. */
    void awaitSeen(When when) throws InterruptedException {
        var after = when.after();
        var wait = RequestContext.wait(when.patience(), limits.waitDefault(), limits.waitLimit());
        if (after == null) {
            return;
        }
        if (!after.matches(".+/.+@\\d{1,18}")) {
            throw new InvalidField("after", "must be the seen of a command's answer, but is " + after);
        }
        if (!progress.await(after, wait)) {
            throw new Refusal(new Problem(
                    "views-behind",
                    "The views have not got there yet",
                    503,
                    "The views have not folded " + after + " within " + wait + ". Ask again, or wait longer.",
                    Map.of("retryAfterSeconds", 1, "position", progress.position())));
        }
    }

    /**
     * Waits until the views have got to where the log ends now, so that whoever did something sees it without saying what. If
     * they don't in the time that queries wait by default, what there is is answered.
     */
    public void awaitHead() throws InterruptedException {
        progress.awaitPosition(worlds.lastPosition(), limits.waitDefault());
    }

    /** The answer, and then each change of it, whole; to be canceled by who asked. */
    public SubscriptionQueryResult<?, ?> follow(Actor actor, QueryEntry entry, Object query) {
        return follow(new GenericMessage<>(query, by(actor)), responseType(entry.result()));
    }

    private <T> SubscriptionQueryResult<T, T> follow(Message<?> query, ResponseType<T> type) {
        return queries.subscriptionQuery(query, type, type);
    }

    private static ResponseType<?> responseType(Type type) {
        return type instanceof ParameterizedType page && page.getActualTypeArguments()[0] instanceof Class<?> item
                ? PageType.of(item)
                : ResponseTypes.instanceOf((Class<?>) type);
    }
}
