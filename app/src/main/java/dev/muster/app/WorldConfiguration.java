package dev.muster.app;

import dev.muster.digest.RecordedDigests;
import dev.muster.evolution.EventUpcasters;
import dev.muster.history.LogOrigin;
import dev.muster.history.LogReader;
import dev.muster.history.LogSource;
import dev.muster.view.JdbcViewStores;
import dev.muster.view.ViewStore;
import dev.muster.world.AsOfQueries;
import dev.muster.world.Checkpoints;
import dev.muster.world.Domain;
import dev.muster.world.WorldQueries;
import dev.muster.world.Worlds;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The read side as of any moment of the past. */
@Configuration(proxyBeanMethods = false)
class WorldConfiguration {

    @Bean
    Domain domain(ConfigurableListableBeanFactory beans, List<ViewStore<?>> stores) {
        return new DomainParts(beans).find(stores);
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService checkpointWriter() {
        return Executors.newSingleThreadExecutor(work -> {
            var thread = new Thread(work, "muster-checkpoints");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Bean
    Worlds worlds(
            Domain domain,
            LogSource log,
            LogReader reader,
            LogOrigin origin,
            List<EventUpcaster> upcasters,
            @Qualifier("checkpointWriter") Executor writer,
            MusterProperties properties) {
        var limits = properties.worlds();
        var checkpoints = new Checkpoints(
                properties.home().resolve("worlds"),
                domain,
                origin,
                EventUpcasters.fingerprint(upcasters),
                new Checkpoints.Settings(limits.checkpointEvents(), limits.checkpoints()),
                writer);
        return new Worlds(domain, log, reader, checkpoints, limits.maxBytes());
    }

    @Bean
    WorldQueries worldQueries(Domain domain, Worlds worlds, LogReader log) {
        return new WorldQueries(domain, worlds, log);
    }

    /** On the bus of this process, which every query meets, whichever way it comes. */
    @Bean
    AsOfQueries asOfQueries(Worlds worlds, JdbcViewStores live, SimpleQueryBus queries) {
        var asOf = new AsOfQueries(worlds);
        queries.registerHandlerInterceptor(new RecordedDigests(asOf, live).interceptor());
        queries.registerHandlerInterceptor(asOf.interceptor());
        return asOf;
    }
}
