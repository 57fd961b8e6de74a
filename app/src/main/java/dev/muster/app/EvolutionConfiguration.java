package dev.muster.app;

import dev.muster.evolution.CurrentForms;
import dev.muster.evolution.EventUpcasters;
import dev.muster.message.EventEntry;
import dev.muster.message.MessageCatalog;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * The one chain of upcasters: Muster's own first, then those that a team declares as beans, in their {@link Order}; at its end
 * stands what refuses every form but today's.
 */
@Configuration(proxyBeanMethods = false)
class EvolutionConfiguration {

    @Bean
    @Order(0)
    EventUpcaster musterUpcasters() {
        return EventUpcasters.ofMuster();
    }

    @Bean
    static ConfigurerModule currentForms(ObjectProvider<MessageCatalog> catalog) {
        return new ConfigurerModule() {
            @Override
            public void configureModule(Configurer configurer) {
                configurer.registerEventUpcaster(axon -> new CurrentForms(catalog.getObject().events().stream()
                        .map(EventEntry::payload)
                        .toList()));
            }

            /** Behind Axon's own module, which registers the beans. */
            @Override
            public int order() {
                return Integer.MAX_VALUE;
            }
        };
    }
}
