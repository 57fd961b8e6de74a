/**
 * What surrounds the handling of every command, of every feature: one instant per command, who acts, idempotency keys,
 * expected versions, and the metadata that events are recorded with. No rule of a feature lives here.
 */
@NullMarked
package dev.muster.command;

import org.jspecify.annotations.NullMarked;
