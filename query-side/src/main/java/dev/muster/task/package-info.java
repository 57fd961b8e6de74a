/** The views of tasks and of what they wait for, and the answers made from them. */
@NullMarked
package dev.muster.task;

import org.jspecify.annotations.NullMarked;
