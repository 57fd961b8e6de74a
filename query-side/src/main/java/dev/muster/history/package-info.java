/** The index of the log, and the reading of it: an entity's events, and the log from any position on. */
@NullMarked
package dev.muster.history;

import org.jspecify.annotations.NullMarked;
