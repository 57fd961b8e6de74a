package dev.muster.app;

import dev.muster.app.domain.DomainTypes;
import dev.muster.message.EventSerializer;
import dev.muster.message.JsonMappers;
import dev.muster.message.MessageCatalog;
import dev.muster.message.MessageNames;
import dev.muster.message.StateRevisions;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
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
    Serializer serializer(ConfigurableListableBeanFactory beans) {
        var packages = DomainTypes.packages(beans);
        return Jackson3Serializer.builder()
                .revisionResolver(new StateRevisions())
                .classLoader(beans.getBeanClassLoader())
                .jsonMapperBuilderCustomizer(builder -> state(builder, packages))
                .build();
    }

    /**
     * A token of a replay holds tokens of other classes, and a saga what it owes; they are refused unless they are allowed by
     * name.
     */
    private static JsonMapper.Builder state(JsonMapper.Builder builder, Set<String> packages) {
        var allowed = BasicPolymorphicTypeValidator.builder().allowIfSubType("org.axonframework.");
        packages.forEach(each -> allowed.allowIfSubType(each + "."));
        return JsonMappers.state(builder).polymorphicTypeValidator(allowed.build());
    }

    @Bean
    @Qualifier("messageSerializer")
    Serializer messageSerializer(ConfigurableListableBeanFactory beans) {
        return Jackson3Serializer.builder()
                .classLoader(beans.getBeanClassLoader())
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
