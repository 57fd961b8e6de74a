/** The rules of tasks: who may do what to one, in which state. What readers see of tasks is not kept here. */
@NullMarked
package dev.muster.task;

import org.jspecify.annotations.NullMarked;
