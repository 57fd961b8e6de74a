package dev.muster.history;

import java.util.UUID;

/**
 * An event of a log by which that log is known again: what was derived from a log is of no use for another one, nor for a
 * copy that went another way.
 */
public record LogMark(UUID log, long position, String event) {}
