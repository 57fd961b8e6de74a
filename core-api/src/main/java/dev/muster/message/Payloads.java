package dev.muster.message;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What the records of messages and the methods that handle them say about themselves. */
final class Payloads {

    private Payloads() {}

    /** What {@link Description} says, else the name in words. */
    static String description(Class<?> payload) {
        var description = payload.getAnnotation(Description.class);
        if (description != null) {
            return description.value();
        }
        var words = Kebab.of(MessageNames.nameOf(payload)).replace('-', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    static Role role(Class<?> payload) {
        var role = payload.getAnnotation(RequiresRole.class);
        return role == null ? Role.ANYBODY : role.value();
    }

    /** Axon's annotation is not for record components, but it is passed on to their fields and accessors. */
    static Optional<CommandEntry.Target> target(Class<?> payload) {
        return Arrays.stream(payload.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(TargetAggregateIdentifier.class))
                .map(field -> new CommandEntry.Target(field.getName(), field.getType()))
                .findFirst();
    }

    /**
     * The fields of a command that the edge fills in: the identifier of what is created, and the agent who sends it,
     * unless agents may not send it.
     */
    static Set<String> filledIn(Optional<CommandEntry.Target> target, boolean creates, Role role) {
        var fields = new HashSet<String>();
        if (creates) {
            target.ifPresent(t -> fields.add(t.field()));
        }
        if (role == Role.ANYBODY) {
            fields.add("agentId");
        }
        return fields;
    }

    /** What is answered in the end by a method that declares this: a future or an optional of it counts as it. */
    static Optional<Type> answer(Type declared) {
        if (declared == void.class || declared == Void.class) {
            return Optional.empty();
        }
        if (declared instanceof ParameterizedType generic
                && generic.getRawType() instanceof Class<?> raw
                && (Future.class.isAssignableFrom(raw) || raw == Optional.class)) {
            return answer(generic.getActualTypeArguments()[0]);
        }
        return Optional.of(declared);
    }
}
