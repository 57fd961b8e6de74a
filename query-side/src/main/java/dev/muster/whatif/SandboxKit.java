package dev.muster.whatif;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;

/** What an application puts into one sandbox, in place of what its live system has. Nothing of it may lead out of it. */
public interface SandboxKit {

    /** The annotated aggregates. */
    List<Class<?>> aggregates();

    /** The annotated sagas. */
    List<Class<?>> sagas();

    /** What surrounds the handling of every command, outermost first. */
    List<MessageHandlerInterceptor<CommandMessage<?>>> commandInterceptors();

    /** What surrounds the handlers of aggregates. */
    HandlerEnhancerDefinition commandEnhancer();

    /** Gives events their metadata. */
    MessageDispatchInterceptor<EventMessage<?>> eventStamps();

    /** What handlers of aggregates and sagas may ask for by type, besides what messages have. */
    List<Object> resources();

    /** Instances of annotated command handlers that are no aggregates. */
    List<Object> commandHandlers();

    /** Who sees to what is due. */
    List<Attendant> attendants();

    /** Says that the sagas know the history, so that what they owe is to be sent from now on, and nothing was before. */
    void sagasKnowTheHistory();

    /** Sees to what is due when time has passed, without a thread of its own. */
    interface Attendant {

        /**
         * Does what is due.
         *
         * @return whether anything was done
         */
        boolean look() throws Exception;

        /** The next moment after that at which something may be due. */
        Optional<Instant> nextAfter(Instant moment);
    }
}
