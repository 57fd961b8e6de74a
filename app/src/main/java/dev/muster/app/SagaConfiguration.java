package dev.muster.app;

import dev.muster.message.SystemCommands;
import dev.muster.mission.MissionSaga;
import dev.muster.saga.WaitingSystemCommands;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is the same for the sagas of all domains: a processor for each of their groups, and how they send commands. */
@Configuration(proxyBeanMethods = false)
class SagaConfiguration {

    @Bean
    static Sagas sagas(ListableBeanFactory beans) {
        return new Sagas(beans);
    }

    @Bean(destroyMethod = "close")
    SystemCommands systemCommands(CommandGateway commands) {
        return new WaitingSystemCommands(commands);
    }

    @Bean
    static ConfigurerModule sagaProcessors(Sagas sagas, MusterProperties properties) {
        return configurer -> configurer.eventProcessing(
                processing -> sagas.groups().forEach(group -> register(processing, group, properties)));
    }

    /**
     * From the first event on: a saga that is not stored is one that was thrown away. Those of other domains send as they
     * fold, so they wait while an import writes the log.
     */
    private static void register(EventProcessingConfigurer processing, String group, MusterProperties properties) {
        processing.registerTrackingEventProcessor(
                group,
                org.axonframework.config.Configuration::eventStore,
                axon -> TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                        .andBatchSize(properties.views().batchSize())
                        .andAutoStart(properties.supervision() || group.equals(MissionSaga.GROUP))
                        .andInitialTrackingToken(StreamableMessageSource::createTailToken));
    }
}
