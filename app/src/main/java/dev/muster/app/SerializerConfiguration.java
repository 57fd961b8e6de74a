package dev.muster.app;

import dev.muster.message.EventSerializer;
import dev.muster.message.JsonMappers;
import dev.muster.message.MessageCatalog;
import dev.muster.message.MessageNames;
import dev.muster.message.StateRevisions;
import java.util.stream.Collectors;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** The three serializers of Axon: stored state, messages and events. */
@Configuration(proxyBeanMethods = false)
class SerializerConfiguration {

    @Bean
    @Primary
    Serializer serializer() {
        return Jackson3Serializer.builder()
                .revisionResolver(new StateRevisions())
                .jsonMapperBuilderCustomizer(SerializerConfiguration::state)
                .build();
    }

    /** A token of a replay holds tokens of other classes, which are refused unless they are allowed by name. */
    private static JsonMapper.Builder state(JsonMapper.Builder builder) {
        return JsonMappers.state(builder)
                .polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder()
                        .allowIfSubType("org.axonframework.")
                        .allowIfSubType("dev.muster.")
                        .build());
    }

    @Bean
    @Qualifier("messageSerializer")
    Serializer messageSerializer() {
        return Jackson3Serializer.builder()
                .jsonMapperBuilderCustomizer(JsonMappers::events)
                .build();
    }

    @Bean
    @Qualifier("eventSerializer")
    Serializer eventSerializer(MessageCatalog catalog) {
        return EventSerializer.of(MessageNames.of(
                catalog.events().stream().map(event -> event.payload()).collect(Collectors.toSet())));
    }
}
