package dev.muster.app;

import dev.muster.ahead.DecodedAhead;
import dev.muster.history.LogOrigin;
import dev.muster.history.LogSource;
import dev.muster.processor.Processors;
import dev.muster.replay.Replays;
import dev.muster.view.JdbcViewStores;
import dev.muster.view.ViewGate;
import dev.muster.view.ViewProgress;
import dev.muster.world.Domain;
import dev.muster.world.Worlds;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Views that are folded again beside the live ones. */
@Configuration(proxyBeanMethods = false)
class ReplayConfiguration {

    /** @param origin has thrown away what is of no use any more */
    @Bean
    Replays replays(
            Domain domain,
            LogSource log,
            DecodedAhead events,
            JdbcViewStores live,
            ViewProgress progress,
            ViewGate gate,
            ConnectionProvider connections,
            TransactionManager transactions,
            TokenStore tokens,
            Worlds worlds,
            MusterProperties properties,
            ViewOrigin origin) {
        return new Replays(new Replays.Surroundings(
                domain,
                log,
                events,
                live,
                progress,
                gate,
                connections,
                transactions,
                tokens,
                worlds::own,
                properties.views().batchSize()));
    }

    @Bean
    Processors processors(
            EventProcessingConfiguration processing, ViewProgress progress, LogOrigin log, Replays replays) {
        return new Processors(processing, ViewConfiguration.PROCESSOR, progress, log, replays);
    }

    @Bean
    SmartLifecycle replaysGoOn(Replays replays) {
        return new SmartLifecycle() {

            private volatile boolean running;

            @Override
            public void start() {
                running = true;
                replays.resume();
            }

            @Override
            public void stop() {
                running = false;
                replays.close();
            }

            @Override
            public boolean isRunning() {
                return running;
            }
        };
    }
}
