/**
 * The read side over a bounded piece of history: the same annotated projections and query handlers as live, assembled a
 * second time with views in memory. No Spring, and no thread of its own.
 */
@NullMarked
package dev.muster.world;

import org.jspecify.annotations.NullMarked;
