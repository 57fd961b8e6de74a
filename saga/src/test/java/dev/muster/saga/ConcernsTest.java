package dev.muster.saga;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.modelling.saga.metamodel.AnnotationSagaMetaModelFactory;
import org.axonframework.modelling.saga.repository.inmemory.InMemorySagaStore;
import org.junit.jupiter.api.Test;

class ConcernsTest {

    private final KnownAssociations associations = new KnownAssociations(new InMemorySagaStore(), stored -> {});
    private final Concerns concerns = concerns(true);

    record Begun(String id) {}

    record Gone(String id) {}

    record Unheard(String id) {}

    static class Watcher {

        @StartSaga
        @SagaEventHandler(associationProperty = "id")
        void on(Begun event) {}

        @SagaEventHandler(associationProperty = "id")
        void on(Gone event) {}
    }

    private Concerns concerns(boolean inUsualStore) {
        return new Concerns(
                List.of(Watcher.class), new AnnotationSagaMetaModelFactory(), associations, saga -> inUsualStore);
    }

    private static boolean concern(Concerns concerns, Object event) {
        return concerns.test(GenericEventMessage.asEventMessage(event));
    }

    @Test
    void what_makes_a_saga_concerns_it() {
        assertThat(concern(concerns, new Begun("a"))).isTrue();
    }

    @Test
    void what_no_saga_handles_concerns_none() {
        assertThat(concern(concerns, new Unheard("a"))).isFalse();
    }

    @Test
    void what_a_saga_is_associated_with_concerns_it_while_there_is_one() {
        var association = Set.of(new AssociationValue("id", "a"));
        assertThat(concern(concerns, new Gone("a"))).isFalse();

        associations.insertSaga(Watcher.class, "s-1", new Watcher(), association);
        assertThat(concern(concerns, new Gone("a"))).isTrue();
        assertThat(concern(concerns, new Gone("b"))).isFalse();

        associations.deleteSaga(Watcher.class, "s-1", association);
        assertThat(concern(concerns, new Gone("a"))).isFalse();
    }

    @Test
    void of_sagas_in_a_store_of_their_own_every_event_that_they_handle_counts() {
        assertThat(concern(concerns(false), new Gone("b"))).isTrue();
        assertThat(concern(concerns(false), new Unheard("b"))).isFalse();
    }
}
