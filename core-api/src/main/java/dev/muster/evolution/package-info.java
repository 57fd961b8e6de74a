/**
 * How events that were stored in an earlier form are read in today's: what became of each form, declared event by event, and the
 * one chain that does it. What a feature changed is declared beside its events, not here.
 */
@NullMarked
package dev.muster.evolution;

import org.jspecify.annotations.NullMarked;
