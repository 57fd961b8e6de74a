/**
 * Folds views again beside the live ones, which are asked all the while; then lets the new ones take their place, or only
 * compares. No HTTP and no Spring.
 */
@NullMarked
package dev.muster.replay;

import org.jspecify.annotations.NullMarked;
