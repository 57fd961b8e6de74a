package dev.muster.subscription;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is in flight of a subscription now; unlike the view, it is known to this server alone.
 *
 * @param position up to which everything is done
 * @param read up to which the log was read for it
 * @param members how many events each member has in hand
 * @param waiting how many members wait for an event
 * @param paused why nothing is delivered for now
 */
public record DeliveryStatus(
        long position,
        long read,
        Map<String, Integer> members,
        int waiting,
        @Nullable String paused) {}
