/**
 * What surrounds the handling of every command, of every feature: one instant per command, who acts, idempotency keys,
 * expected versions, the metadata that events are recorded with, and the
 * snapshots that spare reading them all. No rule of a feature lives here.
 */
@NullMarked
package dev.muster.command;

import org.jspecify.annotations.NullMarked;
