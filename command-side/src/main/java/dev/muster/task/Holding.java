package dev.muster.task;

import dev.muster.agent.AgentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An agent's hold on a task. It is kept when the hold has ended, so that a late command of the agent can be told what
 * became of it.
 *
 * @param leaseExpiresAt none if the lease is void
 * @param slot whether one of the agent's limited slots was taken
 */
record Holding(AgentId agentId, long fencingToken, @Nullable Instant leaseExpiresAt, boolean slot) {

    boolean isOf(AgentId agent, long token) {
        return agentId.equals(agent) && fencingToken == token;
    }

    Holding until(@Nullable Instant expiry) {
        return new Holding(agentId, fencingToken, expiry, slot);
    }
}
