package dev.muster.command;

import dev.muster.message.MetaKeys;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.common.annotation.AnnotationUtils;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.messaging.annotation.WrappedMessageHandlingMember;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every command that an aggregate handles, whoever wrote the aggregate. A key that was used before gives
 * the earlier answer; a version that the command was based on is compared; and the answer says at which version the
 * aggregate then is.
 */
public final class AggregateCommands implements HandlerEnhancerDefinition {

    private final EarlierAnswers earlierAnswers;
    private final ExpectedVersion expectedVersion;

    private final CommandTargets targets = new CommandTargets();

    /**
     * @param events the log; asked for when the first command is handled
     * @param idempotencyWindow among how many of an aggregate's last events a key is looked up
     */
    public AggregateCommands(Supplier<EventStore> events, int idempotencyWindow) {
        this.earlierAnswers = new EarlierAnswers(events, idempotencyWindow);
        this.expectedVersion = new ExpectedVersion(events);
    }

    @Override
    public <T> MessageHandlingMember<T> wrapHandler(MessageHandlingMember<T> original) {
        var method = original.unwrap(Method.class);
        return original.canHandleMessageType(CommandMessage.class)
                        && method.isPresent()
                        && AnnotationUtils.isAnnotationPresent(method.get().getDeclaringClass(), AggregateRoot.class)
                ? new Guarded<>(original, method.get())
                : original;
    }

    private final class Guarded<T> extends WrappedMessageHandlingMember<T> {

        private final Method method;

        Guarded(MessageHandlingMember<T> delegate, Method method) {
            super(delegate);
            this.method = method;
        }

        @Override
        public Object handle(Message<?> message, @Nullable T target) throws Exception {
            var command = (CommandMessage<?>) message;
            var entity = targets.resolveTarget(command).getIdentifier();
            var meta = command.getMetaData();
            var version = version();
            AggregateCache.untouched(CurrentUnitOfWork.get());
            if (version >= 0 && meta.get(MetaKeys.IDEMPOTENCY_KEY) instanceof String key) {
                var earlier = earlierAnswers.find(entity, version, command, key);
                if (earlier.isPresent()) {
                    return again(entity, earlier.get());
                }
            }
            if (meta.get(MetaKeys.EXPECTED_VERSION) instanceof Number expected) {
                expectedVersion.check(entity, expected.longValue(), version);
            }
            AggregateCache.touched(CurrentUnitOfWork.get());
            new CommandTarget(entity).joinTo(CurrentUnitOfWork.get());
            var result = super.handle(message, target);
            earlierAnswers.remember(CurrentUnitOfWork.get(), entity, version, version(), command);
            return answer(entity, result, version());
        }

        private Object again(String entity, DomainEventMessage<?> event) {
            var json = (String) event.getMetaData().get(MetaKeys.IDEMPOTENCY_ANSWER);
            return answer(entity, AnswerJson.read(json, method.getGenericReturnType()), event.getSequenceNumber());
        }

        private static long version() {
            var version = AggregateLifecycle.getVersion();
            return version == null ? -1 : version;
        }

        private static Object answer(String entity, @Nullable Object result, long version) {
            return new GenericCommandResultMessage<>(
                    result, Map.of(MetaKeys.VERSION, version, MetaKeys.SEEN, CommandTarget.seen(entity, version)));
        }
    }
}
