package dev.muster.importer;

import dev.muster.message.MetaKeys;
import java.util.HashMap;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.jspecify.annotations.Nullable;

/** Sends an import's commands over the command bus, as happening when the record says. */
public final class BusSink implements CommandSink {

    private final CommandBus commands;

    public BusSink(CommandBus commands) {
        this.commands = commands;
    }

    @Override
    public @Nullable Object send(Object command, Circumstances circumstances) {
        var meta = new HashMap<String, Object>();
        meta.put(MetaKeys.TRUSTED, true);
        meta.put(MetaKeys.IMPORTED, true);
        meta.put(MetaKeys.AT, circumstances.at().toString());
        meta.put(MetaKeys.ACTOR, circumstances.actor());
        meta.put(MetaKeys.CAUSATION_ID, "import:" + circumstances.cause());
        meta.put(MetaKeys.CORRELATION_ID, "import");
        if (circumstances.onBehalfOf() != null) {
            meta.put(MetaKeys.ON_BEHALF_OF, circumstances.onBehalfOf());
        }
        if (circumstances.inferred()) {
            meta.put(MetaKeys.INFERRED, true);
        }
        var answer = new FutureCallback<Object, Object>();
        commands.dispatch(new GenericCommandMessage<>(command, meta), answer);
        var result = answer.getResult();
        if (!result.isExceptional()) {
            return result.getPayload();
        }
        throw result.exceptionResult() instanceof RuntimeException failure
                ? failure
                : new IllegalStateException(result.exceptionResult());
    }
}
