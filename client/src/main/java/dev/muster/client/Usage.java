package dev.muster.client;

/**
 * What an attempt has used so far: a running total, not a difference.
 *
 * @param costMicros in millionths of the currency's unit
 */
public record Usage(long inputTokens, long outputTokens, long costMicros) {}
