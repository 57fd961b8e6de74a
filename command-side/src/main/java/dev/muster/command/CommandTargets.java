package dev.muster.command;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.common.ReflectionUtils;
import org.axonframework.common.annotation.AnnotationUtils;
import org.axonframework.modelling.command.AnnotationCommandTargetResolver;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.modelling.command.TargetAggregateVersion;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the aggregate that a command is for by its annotations, as Axon's {@link AnnotationCommandTargetResolver} does, but
 * looks for them once for each class rather than for each command. Thread-safe.
 */
public final class CommandTargets implements CommandTargetResolver {

    private static final CommandTargetResolver AXON =
            AnnotationCommandTargetResolver.builder().build();

    /** The method to ask; none where a field alone is annotated or a version too, which is left to Axon. */
    private static final ClassValue<Optional<Method>> IDENTIFIERS = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> command) {
            if (annotated(ReflectionUtils.methodsOf(command), TargetAggregateVersion.class)
                            .isPresent()
                    || annotated(ReflectionUtils.fieldsOf(command), TargetAggregateVersion.class)
                            .isPresent()) {
                return Optional.empty();
            }
            return annotated(ReflectionUtils.methodsOf(command), TargetAggregateIdentifier.class)
                    .map(ReflectionUtils::ensureAccessible);
        }
    };

    private static <E extends AnnotatedElement> Optional<E> annotated(
            Iterable<E> members, Class<? extends Annotation> by) {
        return StreamSupport.stream(members.spliterator(), false)
                .filter(member -> AnnotationUtils.isAnnotationPresent(member, by))
                .findFirst();
    }

    @Override
    public VersionedAggregateIdentifier resolveTarget(CommandMessage<?> command) {
        var method = IDENTIFIERS.get(command.getPayloadType());
        var identifier = method.isPresent() ? ask(method.get(), command.getPayload()) : null;
        // Where the identifier is missing, Axon says so in its own words.
        return identifier == null ? AXON.resolveTarget(command) : new VersionedAggregateIdentifier(identifier, null);
    }

    private static @Nullable Object ask(Method method, Object command) {
        try {
            return method.invoke(command);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("The method was made accessible", e);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("The target of a command can't be asked for", e);
        }
    }
}
