/**
 * Pasts that never happened: the log with some events changed, judged event by event, and a sandbox in which commands are
 * handled, sagas react and a virtual clock moves, without a way out of it.
 */
@NullMarked
package dev.muster.whatif;

import org.jspecify.annotations.NullMarked;
