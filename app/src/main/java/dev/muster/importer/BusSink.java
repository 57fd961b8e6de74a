package dev.muster.importer;

import dev.muster.message.MetaKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.SubscribableMessageSource;
import org.jspecify.annotations.Nullable;

/** Sends an import's commands over the command bus, as happening when the record says. Not thread-safe. */
public final class BusSink implements CommandSink {

    private static final String IMPORT = "import:";

    private final CommandBus commands;

    /** The last event that came of what each place in the record says; none if no causes are kept. */
    private final @Nullable Map<String, String> events;

    private List<? extends EventMessage<?>> appended = List.of();

    public BusSink(CommandBus commands) {
        this.commands = commands;
        this.events = null;
    }

    /**
     * One for records that say what led to what: it keeps which event came of each of their places.
     *
     * @param source is told of events in the thread that appends them
     */
    public BusSink(CommandBus commands, SubscribableMessageSource<EventMessage<?>> source) {
        this.commands = commands;
        this.events = new HashMap<>();
        source.subscribe(batch -> appended = batch);
    }

    @Override
    public @Nullable Object send(Object command, Circumstances circumstances) {
        var answer = new FutureCallback<Object, Object>();
        appended = List.of();
        commands.dispatch(new GenericCommandMessage<>(command, metadata(circumstances)), answer);
        var result = answer.getResult();
        if (result.isExceptional()) {
            throw result.exceptionResult() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(result.exceptionResult());
        }
        if (events != null && !appended.isEmpty()) {
            events.put(circumstances.source(), appended.get(appended.size() - 1).getIdentifier());
        }
        return result.getPayload();
    }

    private Map<String, Object> metadata(Circumstances circumstances) {
        var meta = new HashMap<String, Object>();
        meta.put(MetaKeys.TRUSTED, true);
        meta.put(MetaKeys.IMPORTED, true);
        meta.put(MetaKeys.AT, circumstances.at().toString());
        meta.put(MetaKeys.ACTOR, circumstances.actor());
        meta.put(MetaKeys.CORRELATION_ID, "import");
        var source = IMPORT + circumstances.source();
        var cause = events == null ? null : events.get(circumstances.causedBy());
        if (cause == null) {
            meta.put(MetaKeys.CAUSATION_ID, source);
        } else {
            meta.put(MetaKeys.CAUSATION_ID, cause);
            meta.put(MetaKeys.REASON, source);
        }
        if (circumstances.onBehalfOf() != null) {
            meta.put(MetaKeys.ON_BEHALF_OF, circumstances.onBehalfOf());
        }
        if (circumstances.inferred()) {
            meta.put(MetaKeys.INFERRED, true);
        }
        return meta;
    }
}
