package dev.muster.app;

import dev.muster.message.SystemCommands;
import dev.muster.mission.MissionSaga;
import dev.muster.saga.ConcernedLog;
import dev.muster.saga.Concerns;
import dev.muster.saga.KnownAssociations;
import dev.muster.saga.WaitingSystemCommands;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.modelling.saga.metamodel.AnnotationSagaMetaModelFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
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
    static ConfigurerModule sagaProcessors(
            Sagas sagas, ObjectProvider<KnownAssociations> associations, MusterProperties properties) {
        return configurer -> configurer.eventProcessing(processing -> sagas.groups()
                .forEach(group ->
                        register(processing, group, axon -> log(axon, group, sagas, associations), properties)));
    }

    private static StreamableMessageSource<TrackedEventMessage<?>> log(
            org.axonframework.config.Configuration axon,
            String group,
            Sagas sagas,
            ObjectProvider<KnownAssociations> associations) {
        if (sagas.hasOthers(group)) {
            return axon.eventStore();
        }
        var types = sagas.of(group);
        // What they are handed can be resolved only with the definitions that the application has.
        var models = new AnnotationSagaMetaModelFactory(
                axon.parameterResolverFactory(), axon.handlerDefinition(types.get(0)));
        return new ConcernedLog(
                axon.eventStore(), new Concerns(types, models, associations.getObject(), Sagas::inUsualStore)::test);
    }

    /**
     * From the first event on: a saga that is not stored is one that was thrown away. Those of other domains send as they
     * fold, so they wait while an import writes the log.
     */
    private static void register(
            EventProcessingConfigurer processing,
            String group,
            Function<org.axonframework.config.Configuration, StreamableMessageSource<TrackedEventMessage<?>>> log,
            MusterProperties properties) {
        processing.registerTrackingEventProcessor(
                group, log, axon -> TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                        .andBatchSize(properties.views().batchSize())
                        .andEventAvailabilityTimeout(ViewConfiguration.STOP_MILLIS, TimeUnit.MILLISECONDS)
                        .andAutoStart(properties.supervision() || group.equals(MissionSaga.GROUP))
                        .andInitialTrackingToken(StreamableMessageSource::createTailToken));
    }
}
