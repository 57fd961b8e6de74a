package dev.muster.processor;

import dev.muster.replay.ReplayStatus;
import org.jspecify.annotations.Nullable;

/**
 * A processor, and how far it is.
 *
 * @param state {@code running}, {@code paused} (by an operator, until it is resumed or the server starts again) or {@code failing}
 *     (it tries again by itself)
 * @param position of the last event that it has handled; -1 before the first
 * @param head how many events the log has
 * @param lag how many events it has not handled yet
 * @param error what it fails with
 * @param replay of the views: the one that is under way, or was last
 */
public record ProcessorStatus(
        String name,
        String state,
        long position,
        long head,
        long lag,
        @Nullable String error,
        @Nullable ReplayStatus replay) {}
