package dev.muster.access;

import dev.muster.access.TokenEvent.TokenIssued;
import dev.muster.access.TokenEvent.TokenRevoked;
import dev.muster.history.LogSource;
import dev.muster.view.Selection;
import dev.muster.view.ViewChanges;
import dev.muster.view.ViewProgress;
import dev.muster.view.ViewStore;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.messaging.SubscribableMessageSource;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Tells {@link KnownTokens} what is in the log: at the start what the view of tokens has, and what was appended after the
 * position at which it stands; from then on each event in the thread that appended it, once it is durable and before its command
 * is answered; and, for what another process appends to the same log, each change of the view.
 */
final class TokenFeed implements SmartLifecycle, ViewChanges.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(TokenFeed.class);

    private final KnownTokens known;
    private final ViewStore<TokenRow> views;
    private final ViewProgress progress;
    private final LogSource log;
    private volatile boolean running;

    TokenFeed(
            KnownTokens known,
            ViewStore<TokenRow> views,
            ViewProgress progress,
            LogSource log,
            SubscribableMessageSource<EventMessage<?>> events) {
        this.known = known;
        this.views = views;
        this.progress = progress;
        this.log = log;
        events.subscribe(this::appended);
    }

    private void appended(List<? extends EventMessage<?>> events) {
        if (!isAnyOfToken(events)) {
            return;
        }
        var ofTokens = events.stream()
                .filter(TokenFeed::isOfToken)
                .map(EventMessage::getPayload)
                .toList();
        if (CurrentUnitOfWork.isStarted()) {
            CurrentUnitOfWork.get().root().afterCommit(unitOfWork -> ofTokens.forEach(known::accept));
        } else {
            ofTokens.forEach(known::accept);
        }
    }

    /** Asked of each append, and true of few, so without a stream. */
    private static boolean isAnyOfToken(List<? extends EventMessage<?>> events) {
        for (var event : events) {
            if (isOfToken(event)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfToken(EventMessage<?> event) {
        return TokenEvent.class.isAssignableFrom(event.getPayloadType());
    }

    @Override
    public void start() {
        running = true;
        try {
            readAll();
        } catch (RuntimeException e) {
            // A token could have been revoked where nobody can read it.
            known.forget();
            LOG.error("The log can't be read to its end, so no token is good that was issued before this start", e);
        }
    }

    private void readAll() {
        // Asked first: what the view has folded since is told twice, and nothing is left out.
        var position = progress.position();
        views.all(Selection.all()).forEach(this::accept);
        try (var events = log.after(position < 0 ? null : new GlobalSequenceTrackingToken(position))) {
            events.filter(TokenFeed::isOfToken).map(EventMessage::getPayload).forEach(known::accept);
        }
    }

    private void accept(TokenRow row) {
        var token = row.view();
        known.accept(new TokenIssued(
                token.tokenId(), token.name(), token.role(), token.agentId(), token.expiresAt(), row.hash()));
        if (token.revokedAt() != null) {
            known.accept(new TokenRevoked(token.tokenId(), token.reason()));
        }
    }

    @Override
    public void changed(String store, Set<String> keys) {
        if (store.equals(TokenRow.DEFINITION.name())) {
            keys.forEach(key -> views.get(key).ifPresent(this::accept));
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before anything folds the view further, or takes a request. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1_000;
    }
}
