/**
 * What a mission decides is carried to its tasks, and what becomes of them back to it: the saga remembers what it owes, and
 * the carrier sends it.
 */
@NullMarked
package dev.muster.mission;

import org.jspecify.annotations.NullMarked;
