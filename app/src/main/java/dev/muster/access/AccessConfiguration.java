package dev.muster.access;

import dev.muster.history.LogSource;
import dev.muster.view.ViewChanges;
import dev.muster.view.ViewProgress;
import dev.muster.view.ViewStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The tokens: their secrets, their view, and which of them are good. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    TokenSecrets tokenSecrets() {
        return new TokenSecrets();
    }

    @Bean
    KnownTokens knownTokens() {
        return new KnownTokens();
    }

    @Bean
    TokenFeed tokenFeed(
            KnownTokens known,
            ViewStore<TokenRow> tokens,
            ViewProgress progress,
            LogSource log,
            EventStore events,
            ViewChanges changes) {
        var feed = new TokenFeed(known, tokens, progress, log, events);
        changes.listen(feed);
        return feed;
    }

    @Bean
    TokenProjection tokenProjection(ViewStore<TokenRow> tokens) {
        return new TokenProjection(tokens);
    }

    @Bean
    TokenQueries tokenQueries(ViewStore<TokenRow> tokens) {
        return new TokenQueries(tokens);
    }
}
