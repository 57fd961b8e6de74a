package dev.muster.world;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.AnnotatedHandlerInspector;
import org.axonframework.messaging.annotation.ClasspathHandlerDefinition;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MessageHandlingMember;

/**
 * The annotated handlers of a class, found once and used for any number of instances: Axon's own adapters look them up anew
 * for each, which is too slow where a World is made for one question. Thread-safe.
 */
final class Handlers {

    private static final ClassValue<Handlers> KNOWN = new ClassValue<>() {
        @Override
        protected Handlers computeValue(Class<?> type) {
            return new Handlers(type);
        }
    };

    private final List<MessageHandlingMember<? super Object>> all;
    private final Map<Class<?>, List<MessageHandlingMember<? super Object>>> byPayload = new ConcurrentHashMap<>();

    private Handlers(Class<?> type) {
        @SuppressWarnings("unchecked")
        var inspector = AnnotatedHandlerInspector.inspectType(
                (Class<Object>) type,
                ClasspathParameterResolverFactory.forClass(type),
                ClasspathHandlerDefinition.forClass(type));
        this.all = inspector.getHandlers(type).toList();
    }

    static Handlers of(Class<?> type) {
        return KNOWN.get(type);
    }

    /** The handler that Axon would choose for that message: the most specific one that takes it. */
    Optional<MessageHandlingMember<? super Object>> find(Message<?> message) {
        for (var candidate : candidates(message.getPayloadType())) {
            if (candidate.canHandle(message)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Whether any of them takes messages of that type. */
    boolean handles(Class<?> payload) {
        return !candidates(payload).isEmpty();
    }

    private List<MessageHandlingMember<? super Object>> candidates(Class<?> payload) {
        var known = byPayload.get(payload);
        return known != null
                ? known
                : byPayload.computeIfAbsent(payload, type -> all.stream()
                        .filter(handler -> handler.canHandleType(type))
                        .toList());
    }
}
