package dev.muster.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.history.InMemoryLogIndex;
import dev.muster.history.LogReader;
import dev.muster.history.LogSource;
import dev.muster.message.Actor;
import dev.muster.message.MessageCatalog;
import dev.muster.message.Refusal;
import dev.muster.replay.Counting;
import dev.muster.world.World;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What happens in a sandbox happens on its own clock, in its own store, and only with what it was given. */
class SandboxTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    record Ring(@TargetAggregateIdentifier String bell) {}

    record Rung(String bell, Instant at) {}

    /** Something that leads out. */
    static final class Street {}

    @AggregateRoot(type = "bell")
    static class Bell {

        @AggregateIdentifier
        private String id;

        protected Bell() {}

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(Ring command, Clock clock) {
            AggregateLifecycle.apply(new Rung(command.bell(), clock.instant()));
        }

        @EventSourcingHandler
        void on(Rung event) {
            id = event.bell();
        }
    }

    @AggregateRoot(type = "horn")
    static class Horn {

        @AggregateIdentifier
        private String id;

        protected Horn() {}

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(Ring command, Street street) {
            id = command.bell();
        }
    }

    @Test
    void a_handler_that_asks_for_what_might_lead_out_of_it_is_refused() {
        assertThatThrownBy(() -> sandbox(List.of(Horn.class), List.of()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("SandboxResource");
    }

    @Test
    void unless_it_is_said_what_it_is_given_there() {
        assertThat(sandbox(List.of(Horn.class), List.of(new Street()))).isNotNull();
    }

    @Test
    void commands_happen_at_the_instant_that_its_clock_says() throws Exception {
        var sandbox = sandbox(List.of(Bell.class), List.of());
        sandbox.begin();
        sandbox.moveTo(START.plusSeconds(60));
        sandbox.handle(new GenericCommandMessage<>(new Ring("b")));
        assertThat(sandbox.appended()).singleElement().satisfies(event -> {
            assertThat(event.getPayload()).isEqualTo(new Rung("b", START.plusSeconds(60)));
            assertThat(event.trackingToken().position()).hasValue(3);
        });
    }

    @Test
    void what_never_ends_is_ended() {
        var sandbox = sandbox(List.of(Bell.class), List.of(), new SandboxKit.Attendant() {
            @Override
            public boolean look() {
                return true;
            }

            @Override
            public Optional<Instant> nextAfter(Instant moment) {
                return Optional.empty();
            }
        });
        assertThatThrownBy(sandbox::begin).isInstanceOf(Refusal.class).hasMessageContaining("what-if-");
    }

    private static Sandbox sandbox(
            List<Class<?>> aggregates, List<Object> resources, SandboxKit.Attendant... attendants) {
        var log = new Counting.Log();
        for (int i = 0; i < 3; i++) {
            log.add("k", 1);
        }
        var store = EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine())
                .build();
        var reader = new LogReader(log, store, new InMemoryLogIndex());
        var world = new World(Counting.domain(), reader);
        world.standsAt(2);
        var nothing = new ChangedEvents(List.of(), MessageCatalog.builder().build());
        var kits = new Kits(aggregates, resources, List.of(attendants));
        return new Sandbox(
                kits, new AlteredLog(new EntityLog(log), 2, nothing), world, START, new Limits(Duration.ofSeconds(20)));
    }

    /** A log in which no entity has any event yet. */
    private record EntityLog(Counting.Log log) implements LogSource {
        @Override
        public Stream<? extends TrackedEventMessage<?>> after(TrackingToken token) {
            return log.after(token);
        }

        @Override
        public Stream<? extends TrackedEventMessage<?>> ofEntity(String entity) {
            return Stream.empty();
        }

        @Override
        public long head() {
            return log.head();
        }

        @Override
        public long positionAsOf(Instant moment) {
            return log.head() - 1;
        }
    }

    private record Kits(List<Class<?>> aggregates, List<Object> resources, List<SandboxKit.Attendant> attendants)
            implements SandboxKits, SandboxKit {

        @Override
        public SandboxKit open(Sandbox sandbox) {
            return this;
        }

        @Override
        public Object command(String name, Actor actor, JsonNode fields) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Class<?>> sagas() {
            return List.of();
        }

        @Override
        public List<MessageHandlerInterceptor<CommandMessage<?>>> commandInterceptors() {
            return List.of();
        }

        @Override
        public HandlerEnhancerDefinition commandEnhancer() {
            return new HandlerEnhancerDefinition() {
                @Override
                public <T> MessageHandlingMember<T> wrapHandler(MessageHandlingMember<T> original) {
                    return original;
                }
            };
        }

        @Override
        public MessageDispatchInterceptor<EventMessage<?>> eventStamps() {
            return events -> (index, event) -> event;
        }

        @Override
        public List<Object> commandHandlers() {
            return List.of();
        }

        @Override
        public void sagasKnowTheHistory() {
            // There are none.
        }
    }
}
