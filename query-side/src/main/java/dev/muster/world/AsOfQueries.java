package dev.muster.world;

import dev.muster.message.InvalidField;
import dev.muster.message.MetaKeys;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.OptionalLong;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.queryhandling.NoHandlerForQueryException;
import org.axonframework.queryhandling.QueryMessage;
import org.jspecify.annotations.Nullable;

/** Answers the queries that are asked as of a moment ({@link dev.muster.message.AsOf}) from a World, instead of live. */
public final class AsOfQueries {

    private final Worlds worlds;

    public AsOfQueries(Worlds worlds) {
        this.worlds = worlds;
    }

    /** For the query bus. */
    public MessageHandlerInterceptor<QueryMessage<?, ?>> interceptor() {
        return this::handle;
    }

    private @Nullable Object handle(UnitOfWork<? extends QueryMessage<?, ?>> unitOfWork, InterceptorChain chain)
            throws Exception {
        var query = unitOfWork.getMessage();
        var position = position(query.getMetaData());
        if (position.isEmpty()) {
            return chain.proceed();
        }
        try {
            return worlds.answer(query, position.getAsLong());
        } catch (NoHandlerForQueryException e) {
            throw new Refusal(new Problem(
                    "query-only-live",
                    "This query can't be asked as of a moment",
                    422,
                    query.getPayloadType().getSimpleName() + " is answered by a handler that takes more than stores of "
                            + "views and plain values, so it can be asked live only."));
        }
    }

    /**
     * The position as of which a query is asked; none if it is asked live.
     *
     * @throws InvalidField if it is not one of this log
     */
    public OptionalLong position(MetaData meta) {
        var position = meta.get(MetaKeys.POSITION);
        var moment = meta.get(MetaKeys.AS_OF);
        if (position != null && moment != null) {
            throw new InvalidField("position", "and asOf exclude each other; leave one out");
        }
        if (moment != null) {
            return OptionalLong.of(worlds.positionAsOf(moment(moment)));
        }
        return position == null ? OptionalLong.empty() : OptionalLong.of(inTheLog(position));
    }

    private static Instant moment(Object moment) {
        try {
            return Instant.parse(moment.toString());
        } catch (DateTimeException e) {
            throw new InvalidField("asOf", "must be an instant such as 2026-01-31T12:00:00Z, but is " + moment);
        }
    }

    private long inTheLog(Object position) {
        var last = worlds.lastPosition();
        try {
            var number = Long.parseLong(position.toString());
            if (number >= -1 && number <= last) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new InvalidField(
                "position",
                "must be a position of the log, from -1 (before everything) to " + last + ", but is " + position);
    }
}
