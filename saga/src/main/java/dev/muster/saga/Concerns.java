package dev.muster.saga;

import java.util.List;
import java.util.function.Predicate;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.modelling.saga.SagaCreationPolicy;
import org.axonframework.modelling.saga.SagaMethodMessageHandlingMember;
import org.axonframework.modelling.saga.metamodel.SagaMetaModelFactory;
import org.axonframework.modelling.saga.metamodel.SagaModel;
import org.jspecify.annotations.Nullable;

/**
 * Whether an event concerns a saga: it may make one, or one may be associated with what it names. It may say yes where that is
 * not so, never the other way round. Thread-safe.
 */
public final class Concerns implements Predicate<EventMessage<?>> {

    private final List<Known> sagas;

    /** @param associations of its sagas; unknown if they are in a store of their own */
    private record Known(
            Class<?> type, SagaModel<?> model, @Nullable KnownAssociations associations) {}

    /**
     * @param types the sagas that matter
     * @param models knows what they handle
     * @param associations of the sagas in the store that is used where no other one is named
     * @param inThatStore whether it has the sagas of that type
     */
    public Concerns(
            List<Class<?>> types,
            SagaMetaModelFactory models,
            KnownAssociations associations,
            Predicate<Class<?>> inThatStore) {
        sagas = types.stream()
                .map(type -> new Known(type, models.modelOf(type), inThatStore.test(type) ? associations : null))
                .toList();
    }

    @Override
    public boolean test(EventMessage<?> event) {
        try {
            return sagas.stream().anyMatch(saga -> concerns(saga, event));
        } catch (RuntimeException e) {
            // It fails again where it is handled, and is told there.
            return true;
        }
    }

    private static boolean concerns(Known saga, EventMessage<?> event) {
        for (var handler : saga.model().findHandlerMethods(event)) {
            var member = handler.unwrap(SagaMethodMessageHandlingMember.class).orElse(null);
            if (member == null
                    || saga.associations() == null
                    || member.getCreationPolicy() != SagaCreationPolicy.NONE) {
                return true;
            }
            var association = member.getAssociationValue(event);
            if (association != null && saga.associations().mayHave(saga.type(), association)) {
                return true;
            }
        }
        return false;
    }
}
