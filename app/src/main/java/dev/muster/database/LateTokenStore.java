package dev.muster.database;

import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Stores the token of a batch when it is about to be committed. Axon stores it before the first event is handled, which would make
 * each processor the one writer for the whole of its batch, also while it waits for another one.
 */
public final class LateTokenStore extends JdbcTokenStore {

    public LateTokenStore(Builder builder) {
        super(builder);
    }

    @Override
    public void storeToken(@Nullable TrackingToken token, String processor, int segment) {
        if (CurrentUnitOfWork.isStarted() && CurrentUnitOfWork.get().phase() == UnitOfWork.Phase.STARTED) {
            CurrentUnitOfWork.get().root().onPrepareCommit(u -> super.storeToken(token, processor, segment));
        } else {
            super.storeToken(token, processor, segment);
        }
    }
}
