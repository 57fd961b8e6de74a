package dev.muster.cli.demo;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A simulated agent: what it can do, and what it holds and means to do with it. */
final class Agent {

    final String id;
    final List<String> capabilities;
    private @Nullable Held held;
    private boolean silent;

    Agent(String id, List<String> capabilities) {
        this.id = id;
        this.capabilities = capabilities;
    }

    /** A task in its hands. */
    static final class Held {
        final String task;
        final long token;
        final int attempt;
        final Deque<Move> moves;
        boolean asking;
        private Instant leaseEnds;
        private long leaseMillis;

        Held(JsonNode assignment, List<Move> moves) {
            task = assignment.get("taskId").asString();
            token = assignment.get("fencingToken").asLong();
            attempt = assignment.get("attempt").asInt();
            this.moves = new ArrayDeque<>(moves);
            leaseEnds = Instant.EPOCH;
            extended(assignment);
        }

        /** Takes note of the term in an answer, if there is one. */
        void extended(JsonNode result) {
            var ends = result.path("leaseExpiresAt").asString("");
            if (!ends.isEmpty()) {
                leaseEnds = Instant.parse(ends);
                leaseMillis = Math.max(leaseMillis, leaseEnds.toEpochMilli() - System.currentTimeMillis());
            }
        }

        Instant leaseEnds() {
            return leaseEnds;
        }

        /** Earlier, a heartbeat would extend nothing. */
        boolean needsHeartbeat() {
            return !asking && leaseEnds.toEpochMilli() - System.currentTimeMillis() < leaseMillis * 6 / 10;
        }
    }

    boolean holds() {
        return held != null;
    }

    Held held() {
        if (held == null) {
            throw new IllegalStateException(id + " holds nothing");
        }
        return held;
    }

    void take(Held task) {
        held = task;
    }

    void drop() {
        held = null;
    }

    boolean isSilent() {
        return silent;
    }

    void setSilent(boolean silent) {
        this.silent = silent;
    }

    boolean isIdle() {
        return held == null && !silent;
    }

    /** Whether it has a move to make: it waits for no answer, and lives. */
    boolean canMove() {
        return held != null && !silent && !held.asking;
    }
}
