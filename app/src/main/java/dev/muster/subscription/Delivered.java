package dev.muster.subscription;

import dev.muster.history.HistoryEvent;

/**
 * An event in the hand of a member.
 *
 * @param attempt which time it is delivered, from 1
 */
public record Delivered(DeliveryId id, int attempt, HistoryEvent event) {}
