package dev.muster.subscription;

import dev.muster.whatif.Sandbox;
import java.time.Instant;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/** Where in the history of a sandbox a subscription may begin. Nothing is delivered there. */
record SandboxBeginnings(Sandbox sandbox) implements Beginnings {

    @Override
    public long head() {
        return position(sandbox.events().createHeadToken());
    }

    @Override
    public long asOf(Instant moment) {
        return position(sandbox.events().createTokenAt(moment));
    }

    private static long position(@Nullable TrackingToken token) {
        return token == null ? -1 : token.position().orElse(-1);
    }
}
