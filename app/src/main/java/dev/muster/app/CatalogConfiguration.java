package dev.muster.app;

import dev.muster.app.domain.DomainTypes;
import dev.muster.message.MessageCatalog;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.serialization.Revision;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Makes the catalog of messages: commands and queries from the annotated handlers of all beans and aggregates, events from
 * the records with a revision in the packages of all domains. So a team's own aggregate is in it
 * without further code.
 */
@Configuration(proxyBeanMethods = false)
class CatalogConfiguration {

    @Bean
    MessageCatalog messageCatalog(ConfigurableListableBeanFactory beans) {
        var catalog = MessageCatalog.builder();
        for (var name : beans.getBeanDefinitionNames()) {
            var type = beans.getType(name, false);
            if (type != null && DomainParts.mayHandle(type)) {
                ReflectionUtils.doWithMethods(
                        ClassUtils.getUserClass(type), method -> add(catalog, method), method -> !method.isSynthetic());
            }
        }
        DomainTypes.annotatedWith(Revision.class, beans).stream()
                .filter(Class::isRecord)
                .forEach(catalog::event);
        return catalog.build();
    }

    private static void add(MessageCatalog.Builder catalog, Method method) {
        if (method.getParameterCount() == 0) {
            return;
        }
        var payload = method.getParameterTypes()[0];
        if (method.isAnnotationPresent(CommandHandler.class)) {
            catalog.command(payload, method.isAnnotationPresent(CreationPolicy.class), result(method));
        } else if (method.isAnnotationPresent(QueryHandler.class)) {
            catalog.query(payload, result(method));
        }
    }

    /** What a handler answers; that it may come as a message, with metadata, is no matter of the catalog. */
    private static Type result(Method method) {
        return method.getGenericReturnType() instanceof ParameterizedType type
                        && type.getRawType() == CommandResultMessage.class
                ? type.getActualTypeArguments()[0]
                : method.getGenericReturnType();
    }
}
