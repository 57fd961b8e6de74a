package dev.muster.whatif;

import dev.muster.message.Cause;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.message.SystemCommands;
import dev.muster.saga.WaitingSystemCommands;
import dev.muster.world.Detached;
import java.util.Optional;
import org.axonframework.commandhandling.callbacks.FutureCallback;

/** How the sagas of a sandbox send commands; none is sent while they learn its history. */
final class SandboxCommands implements SystemCommands {

    private final Sandbox sandbox;
    private boolean mute = true;

    SandboxCommands(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    void speak() {
        mute = false;
    }

    @Override
    public Optional<Problem> send(String name, Object command, Cause cause) {
        if (mute) {
            return Optional.empty();
        }
        try {
            return Detached.call(() -> {
                var answer = new FutureCallback<Object, Object>();
                sandbox.commands().dispatch(WaitingSystemCommands.message(name, command, cause), answer);
                var result = answer.getResult();
                if (!result.isExceptional()) {
                    return Optional.empty();
                }
                if (result.exceptionResult() instanceof Refusal refusal) {
                    return Optional.of(refusal.problem());
                }
                throw new IllegalStateException(command + " can't be handled", result.exceptionResult());
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
