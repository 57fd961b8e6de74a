package dev.muster.whatif;

import dev.muster.app.MusterProperties;
import dev.muster.history.Aggregates;
import dev.muster.history.LogReader;
import dev.muster.history.LogSource;
import dev.muster.message.MessageCatalog;
import dev.muster.view.ViewProgress;
import dev.muster.world.Domain;
import dev.muster.world.Worlds;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Questions about a past that never happened. */
@Configuration(proxyBeanMethods = false)
class WhatIfConfiguration {

    @Bean
    WhatIfQueries whatIfQueries(
            Domain domain,
            Worlds worlds,
            LogSource log,
            LogReader reader,
            Aggregates aggregates,
            MessageCatalog catalog,
            SandboxKits kits,
            ViewProgress progress,
            MusterProperties properties) {
        return new WhatIfQueries(
                domain,
                worlds,
                log,
                reader,
                aggregates,
                catalog,
                kits,
                progress,
                properties.whatIf().timeLimit());
    }
}
