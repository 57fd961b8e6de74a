/**
 * A mission: a plan of steps that agents work on, with a budget and a deadline. What can be asked of one, what happened to
 * it, and what can be known about it.
 */
@NullMarked
package dev.muster.mission;

import org.jspecify.annotations.NullMarked;
