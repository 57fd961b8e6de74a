package dev.muster.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.MultiEventHandlerInvoker;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.junit.jupiter.api.Test;

/** Each event goes to the handlers that Axon's invoker gives it to, in the same order. */
class TypedHandlersTest {

    private final List<String> handled = new ArrayList<>();

    final class Numbers {
        @EventHandler
        void on(Integer event) {
            handled.add("integer " + event);
        }

        @EventHandler
        void on(Number event) {
            handled.add("number " + event);
        }
    }

    final class All {
        @EventHandler
        void on(Object event) {
            handled.add("any " + event);
        }
    }

    final class Marked {
        @EventHandler
        void on(Integer event, @MetaDataValue(value = "mark", required = true) String mark) {
            handled.add(mark + " " + event);
        }
    }

    @DisallowReplay
    final class Once {
        @EventHandler
        void on(Integer event) {
            handled.add("once " + event);
        }
    }

    private final MultiEventHandlerInvoker axons = new MultiEventHandlerInvoker(
            invoker(new Numbers()), invoker(new All()), invoker(new Marked()), invoker(new Once()));

    private final TypedHandlers typed = new TypedHandlers(axons);

    private static SimpleEventHandlerInvoker invoker(Object handler) {
        return SimpleEventHandlerInvoker.builder().eventHandlers(handler).build();
    }

    private List<String> same(EventMessage<?> event) throws Exception {
        handled.clear();
        axons.handle(event, Segment.ROOT_SEGMENT);
        var expected = List.copyOf(handled);
        handled.clear();
        typed.handle(event, Segment.ROOT_SEGMENT);
        assertThat(handled).isEqualTo(expected);
        assertThat(typed.canHandle(event, Segment.ROOT_SEGMENT))
                .isEqualTo(axons.canHandle(event, Segment.ROOT_SEGMENT));
        assertThat(typed.canHandleType(event.getPayloadType())).isEqualTo(axons.canHandleType(event.getPayloadType()));
        return expected;
    }

    @Test
    void an_event_goes_to_those_who_handle_its_type() throws Exception {
        assertThat(same(new GenericEventMessage<>(7))).containsExactly("integer 7", "any 7", "once 7");
        assertThat(same(new GenericEventMessage<>(7L))).containsExactly("number 7", "any 7");
        assertThat(same(new GenericEventMessage<>("x"))).containsExactly("any x");
    }

    @Test
    void what_else_a_handler_asks_for_is_looked_at_for_each_event() throws Exception {
        assertThat(same(new GenericEventMessage<>(7).andMetaData(Map.of("mark", "m"))))
                .contains("m 7");
        assertThat(same(new GenericEventMessage<>(8))).doesNotContain("m 8");
    }

    @Test
    void what_is_replayed_does_not_go_to_those_who_refuse_it() throws Exception {
        var replay = ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(9), null);
        var event = new GenericTrackedEventMessage<>(
                ((ReplayToken) replay).advancedTo(new GlobalSequenceTrackingToken(3)), new GenericEventMessage<>(7));
        assertThat(same(event)).containsExactly("integer 7", "any 7");
        assertThat(typed.supportsReset()).isEqualTo(axons.supportsReset());
    }
}
