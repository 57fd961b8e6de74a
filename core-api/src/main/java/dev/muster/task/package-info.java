/** A task: a unit of work that one agent holds at a time. What can be asked of one, what happened to it, and what can be known about it. */
@NullMarked
package dev.muster.task;

import org.jspecify.annotations.NullMarked;
