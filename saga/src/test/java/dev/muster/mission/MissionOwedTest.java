package dev.muster.mission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.AgentId;
import dev.muster.message.JsonMappers;
import dev.muster.message.MetaKeys;
import dev.muster.mission.MissionEvent.*;
import dev.muster.task.Retry;
import dev.muster.task.TaskEvent.*;
import dev.muster.task.TaskId;
import dev.muster.task.Usage;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.common.ReflectionUtils;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.saga.AnnotatedSagaManager;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.repository.AnnotatedSagaRepository;
import org.axonframework.modelling.saga.repository.inmemory.InMemorySagaStore;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.test.deadline.StubDeadlineManager;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a saga owes until an event shows that it was done, also when it is made again from the log. */
class MissionOwedTest {

    private static final MissionId MISSION = MissionId.of("m");
    private static final TaskId TASK = TaskId.of("m/a");
    private static final AgentId ADA = AgentId.of("ada");

    private final List<EventMessage<?>> log = new ArrayList<>();
    private final List<Owed> sent = new ArrayList<>();
    private final InMemorySagaStore store = new InMemorySagaStore();
    private final AnnotatedSagaManager<MissionSaga> sagas = manager(store, (mission, owed) -> sent.add(owed));

    private static AnnotatedSagaManager<MissionSaga> manager(InMemorySagaStore store, Outbox outbox) {
        DeadlineManager deadlines = new StubDeadlineManager();
        var parameters = MultiParameterResolverFactory.ordered(
                ClasspathParameterResolverFactory.forClass(MissionSaga.class),
                new SimpleResourceParameterResolverFactory(List.of(outbox, deadlines)));
        return AnnotatedSagaManager.<MissionSaga>builder()
                .sagaType(MissionSaga.class)
                .sagaFactory(MissionSaga::new)
                .parameterResolverFactory(parameters)
                .sagaRepository(AnnotatedSagaRepository.<MissionSaga>builder()
                        .sagaType(MissionSaga.class)
                        .sagaStore(store)
                        .parameterResolverFactory(parameters)
                        .build())
                .build();
    }

    private void happened(Object... events) throws Exception {
        for (var event : events) {
            var message = new GenericEventMessage<>(event, Map.of(MetaKeys.CORRELATION_ID, "undertaking"));
            log.add(message);
            handle(sagas, message);
        }
    }

    private static void handle(AnnotatedSagaManager<MissionSaga> sagas, EventMessage<?> event) {
        var unitOfWork = DefaultUnitOfWork.startAndGet(event);
        unitOfWork.execute(() -> {
            try {
                sagas.handle(event, Segment.ROOT_SEGMENT);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private static List<Owed> owed(InMemorySagaStore store) {
        var found = store.findSagas(MissionSaga.class, new AssociationValue(MissionSaga.OPEN, "yes"));
        assertThat(found).hasSize(1);
        return List.copyOf(
                store.<MissionSaga>loadSaga(MissionSaga.class, found.iterator().next())
                        .saga()
                        .owed());
    }

    private List<String> owes() {
        return owed(store).stream()
                .map(owed -> owed.command().getClass().getSimpleName())
                .toList();
    }

    private static MissionStarted started() {
        return new MissionStarted(MISSION, null);
    }

    private static StepStarted begun() {
        var work = new Work(TASK, "Do it", null, Set.of(), JsonNodeFactory.instance.objectNode(), Retry.DEFAULT);
        return new StepStarted(MISSION, "a", work, "kim");
    }

    private static TaskSubmitted submitted() {
        return new TaskSubmitted(
                TASK,
                "Do it",
                null,
                2,
                Set.of(),
                Set.of(),
                null,
                List.of(),
                null,
                Retry.DEFAULT,
                null,
                MISSION,
                "a",
                "kim");
    }

    private static TaskAssigned assigned(long token) {
        return new TaskAssigned(TASK, ADA, token, null, 1, false, MISSION);
    }

    private static ProgressReported progress(long token, long tokens) {
        var total = new Usage(tokens, 0, 0);
        return new ProgressReported(TASK, ADA, token, null, null, List.of(), total, total, null);
    }

    private static UsageCharged charged(long token, long tokens) {
        var total = new Usage(tokens, 0, 0);
        return new UsageCharged(MISSION, "a", false, token, total, total, total);
    }

    private static TaskCompleted completed() {
        return new TaskCompleted(TASK, ADA, 1, MISSION, "a", null, Usage.NONE, Usage.NONE);
    }

    @Test
    void a_task_is_owed_until_it_is_on_the_board() throws Exception {
        happened(started(), begun());
        assertThat(owes()).containsExactly("SubmitTask");
        happened(submitted());
        assertThat(owes()).isEmpty();
    }

    @Test
    void what_was_used_is_owed_until_as_much_is_charged() throws Exception {
        happened(started(), begun(), submitted(), assigned(1), progress(1, 5), progress(1, 9));
        assertThat(owes()).containsExactly("RecordUsage");
        happened(charged(1, 5));
        assertThat(owes()).containsExactly("RecordUsage");
        happened(charged(1, 9));
        assertThat(owes()).isEmpty();
    }

    @Test
    void an_end_is_owed_until_the_mission_has_taken_note() throws Exception {
        happened(started(), begun(), submitted(), assigned(1), completed());
        assertThat(owes()).containsExactly("RecordStepCompleted");
        happened(new StepCompleted(MISSION, "a", TASK, null));
        assertThat(owes()).isEmpty();
    }

    @Test
    void a_cancellation_is_owed_until_the_task_has_ended_and_comes_after_its_submission() throws Exception {
        happened(started(), begun(), new MissionStopped(MISSION, StopReason.CANCELED, "enough"));
        assertThat(owes()).containsExactly("SubmitTask", "CancelTask");
        happened(submitted(), new TaskCanceled(TASK, null, MISSION, "a", null));
        assertThat(owes()).containsExactly("RecordStepFailed");
    }

    @Test
    void what_is_owed_names_its_cause_and_the_undertaking() throws Exception {
        happened(started(), begun());
        assertThat(owed(store)).singleElement().satisfies(owed -> {
            assertThat(owed.cause().eventId()).isEqualTo(log.get(1).getIdentifier());
            assertThat(owed.cause().correlationId()).isEqualTo("undertaking");
        });
    }

    @Test
    void an_event_that_is_delivered_again_changes_nothing_and_is_sent_under_the_same_key() throws Exception {
        happened(started(), begun(), submitted(), assigned(1), progress(1, 5), completed());
        var before = owed(store);
        sent.clear();
        handle(sagas, log.get(log.size() - 1));
        assertThat(owed(store)).isEqualTo(before);
        assertThat(sent).isSubsetOf(before);
    }

    @Test
    void a_saga_that_is_made_again_from_the_log_owes_the_same() throws Exception {
        happened(started(), begun(), submitted(), assigned(1), progress(1, 5), completed());
        var again = new InMemorySagaStore();
        var replay = manager(again, (mission, owed) -> {});
        log.forEach(event -> handle(replay, event));
        assertThat(owed(again)).isEqualTo(owed(store)).isNotEmpty();
    }

    @Test
    void a_saga_is_stored_with_all_that_it_knows() throws Exception {
        happened(started(), begun(), submitted(), assigned(1), progress(1, 5), completed());
        var id = store.findSagas(MissionSaga.class, new AssociationValue(MissionSaga.OPEN, "yes"))
                .iterator()
                .next();
        var saga = store.<MissionSaga>loadSaga(MissionSaga.class, id).saga();
        for (var field : ReflectionUtils.fieldsOf(MissionSaga.class)) {
            if (!Modifier.isStatic(field.getModifiers())) {
                assertThat(ReflectionUtils.<Object>getFieldValue(field, saga))
                        .as(field.getName())
                        .isNotNull()
                        .isNotEqualTo(Map.of());
            }
        }
        var serializer = Jackson3Serializer.builder()
                .jsonMapperBuilderCustomizer(MissionOwedTest::state)
                .build();
        var stored = serializer.serialize(saga, byte[].class);
        assertThat((Object) serializer.deserialize(stored))
                .usingRecursiveComparison()
                .isEqualTo(saga);
    }

    private static JsonMapper.Builder state(JsonMapper.Builder builder) {
        return JsonMappers.state(builder)
                .polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder()
                        .allowIfSubType("org.axonframework.")
                        .allowIfSubType("dev.muster.")
                        .build());
    }
}
