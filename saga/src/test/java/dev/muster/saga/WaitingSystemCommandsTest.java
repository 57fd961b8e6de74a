package dev.muster.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.muster.message.Cause;
import dev.muster.message.MetaKeys;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How sagas send commands. */
class WaitingSystemCommandsTest {

    record OpenDoor(String id) {}

    private static final Cause CAUSE = new Cause("e-7", "round");

    private final SimpleCommandBus bus = SimpleCommandBus.builder().build();
    private final WaitingSystemCommands commands = new WaitingSystemCommands(
            DefaultCommandGateway.builder().commandBus(bus).build());
    private final List<CommandMessage<?>> handled = new ArrayList<>();

    @AfterEach
    void close() {
        commands.close();
    }

    private void handling(MessageHandler<CommandMessage<?>> handler) {
        bus.subscribe(OpenDoor.class.getName(), command -> {
            handled.add(command);
            return handler.handle(command);
        });
    }

    private static Refusal refusal(int status) {
        return new Refusal(new Problem("door-locked", "It is locked", status, "The door is locked."));
    }

    @Test
    void they_are_sent_by_the_system_with_a_key_made_from_their_cause() {
        handling(command -> "done");

        var refused = commands.send("doors", new OpenDoor("d1"), CAUSE);

        assertThat(refused).isEmpty();
        assertThat(handled.get(0).getMetaData())
                .containsEntry(MetaKeys.ACTOR, "system:doors")
                .containsEntry(MetaKeys.TRUSTED, true)
                .containsEntry(MetaKeys.CAUSATION_ID, "e-7")
                .containsEntry(MetaKeys.CORRELATION_ID, "round")
                .containsEntry(MetaKeys.IDEMPOTENCY_KEY, "doors OpenDoor e-7");
    }

    @Test
    void they_are_no_part_of_the_handling_of_the_event() {
        var within = new ArrayList<Boolean>();
        handling(command -> within.add(CurrentUnitOfWork.get().parent().isPresent()));
        var handlingAnEvent = DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage("event"));

        commands.send("doors", new OpenDoor("d1"), CAUSE);
        handlingAnEvent.rollback();

        assertThat(within).containsExactly(false);
    }

    @Test
    void a_refusal_is_an_answer() {
        handling(command -> {
            throw refusal(409);
        });

        assertThat(commands.send("doors", new OpenDoor("d1"), CAUSE))
                .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo("door-locked"));
    }

    @Test
    void what_can_not_be_handled_for_now_fails_so_that_the_event_is_handled_again() {
        assertThatIllegalStateException().isThrownBy(() -> commands.send("doors", new OpenDoor("d1"), CAUSE));

        handling(command -> {
            throw refusal(503);
        });
        assertThatIllegalStateException().isThrownBy(() -> commands.send("doors", new OpenDoor("d1"), CAUSE));
    }
}
