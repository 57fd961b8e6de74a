/** Replays recorded boards through the commands, at their own times. It knows no store and no server. */
@NullMarked
package dev.muster.importer;

import org.jspecify.annotations.NullMarked;
