package dev.muster.saga;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.AssociationValuesImpl;
import org.axonframework.modelling.saga.repository.inmemory.InMemorySagaStore;
import org.junit.jupiter.api.Test;

class KnownAssociationsTest {

    private static final AssociationValue TASK = new AssociationValue("taskId", "t-1");
    private static final AssociationValue OTHER = new AssociationValue("taskId", "t-2");

    private final AtomicInteger asked = new AtomicInteger();
    private final InMemorySagaStore store = new InMemorySagaStore() {
        @Override
        public Set<String> findSagas(Class<?> sagaType, AssociationValue association) {
            asked.incrementAndGet();
            return super.findSagas(sagaType, association);
        }
    };
    private final KnownAssociations known = new KnownAssociations(store, stored -> {});

    private record Carrier(String name) {}

    private record Watcher(String name) {}

    private void insert(String id, AssociationValue... associations) {
        known.insertSaga(Carrier.class, id, new Carrier(id), Set.of(associations));
    }

    @Test
    void a_saga_is_found_by_what_it_is_associated_with() {
        insert("s-1", TASK);

        assertThat(known.findSagas(Carrier.class, TASK)).containsExactly("s-1");
    }

    @Test
    void the_store_is_not_asked_for_sagas_of_which_there_are_none() {
        insert("s-1", TASK);

        assertThat(known.findSagas(Carrier.class, OTHER)).isEmpty();
        assertThat(known.findSagas(Watcher.class, TASK)).isEmpty();
        assertThat(asked).hasValue(0);
    }

    @Test
    void a_saga_that_was_stored_before_is_found() {
        store.insertSaga(Carrier.class, "s-1", new Carrier("s-1"), Set.of(TASK));
        var later = new KnownAssociations(
                store, stored -> stored.association(Carrier.class.getName(), "taskId", "t-1", "s-1"));

        assertThat(later.findSagas(Carrier.class, TASK)).containsExactly("s-1");
    }

    @Test
    void an_association_that_a_saga_gets_later_leads_to_it() {
        insert("s-1", TASK);
        var associations = new AssociationValuesImpl(Set.of(TASK));
        associations.add(OTHER);
        associations.remove(TASK);

        known.updateSaga(Carrier.class, "s-1", new Carrier("changed"), associations);

        assertThat(known.findSagas(Carrier.class, OTHER)).containsExactly("s-1");
        assertThat(known.findSagas(Carrier.class, TASK)).isEmpty();
    }

    @Test
    void the_end_of_one_saga_hides_no_other() {
        insert("s-1", TASK);
        insert("s-2", TASK);

        known.deleteSaga(Carrier.class, "s-1", Set.of(TASK, OTHER));

        assertThat(known.findSagas(Carrier.class, TASK)).containsExactly("s-2");
    }

    @Test
    void an_end_that_is_rolled_back_hides_no_saga() {
        insert("s-1", TASK);
        var unitOfWork = DefaultUnitOfWork.startAndGet(GenericMessage.asMessage("event"));

        known.deleteSaga(Carrier.class, "s-1", Set.of(TASK));
        unitOfWork.rollback();
        known.findSagas(Carrier.class, TASK);

        assertThat(asked).hasValue(1);
    }

    @Test
    void an_end_that_is_committed_is_known() {
        insert("s-1", TASK);
        var unitOfWork = DefaultUnitOfWork.startAndGet(GenericMessage.asMessage("event"));

        known.deleteSaga(Carrier.class, "s-1", Set.of(TASK));
        unitOfWork.commit();
        known.findSagas(Carrier.class, TASK);

        assertThat(asked).hasValue(0);
    }

    @Test
    void beyond_what_can_be_known_the_store_is_asked() {
        var many = new KnownAssociations(store, stored -> {
            for (int i = 0; i <= 100_000; i++) {
                stored.association(Watcher.class.getName(), "taskId", "w-" + i, "w");
            }
        });

        many.findSagas(Carrier.class, TASK);

        assertThat(asked).hasValue(1);
    }
}
