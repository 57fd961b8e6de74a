package dev.muster.digest;

import dev.muster.digest.DigestQuery.GetDigest;
import dev.muster.view.JdbcViewStores;
import dev.muster.world.AsOfQueries;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.queryhandling.QueryMessage;
import org.jspecify.annotations.Nullable;

/**
 * Answers a digest that is asked as of a position at which the live views have recorded theirs by what they recorded, so that
 * it says what they were, and nothing is folded for it.
 */
public final class RecordedDigests {

    private final AsOfQueries asOf;
    private final JdbcViewStores live;

    public RecordedDigests(AsOfQueries asOf, JdbcViewStores live) {
        this.asOf = asOf;
        this.live = live;
    }

    /** For the query bus, before that of questions about the past. */
    public MessageHandlerInterceptor<QueryMessage<?, ?>> interceptor() {
        return this::handle;
    }

    private @Nullable Object handle(UnitOfWork<? extends QueryMessage<?, ?>> unitOfWork, InterceptorChain chain)
            throws Exception {
        var query = unitOfWork.getMessage();
        if (query.getPayload() instanceof GetDigest) {
            var position = asOf.position(query.getMetaData());
            if (position.isPresent()) {
                var recorded = live.recorded(position.getAsLong());
                if (recorded.isPresent()) {
                    return recorded.get();
                }
            }
        }
        return chain.proceed();
    }
}
