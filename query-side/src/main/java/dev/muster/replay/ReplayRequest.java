package dev.muster.replay;

import org.jspecify.annotations.Nullable;

/**
 * What is to be folded again.
 *
 * @param view only what belongs together with that view; everything if left out
 * @param from the views begin as they were at that position; at nothing if left out
 * @param verify whether the views are only compared, and thrown away again
 */
public record ReplayRequest(@Nullable String view, @Nullable Long from, boolean verify) {}
