/** The rules of agents: which may be given work, and how much at a time. */
@NullMarked
package dev.muster.agent;

import org.jspecify.annotations.NullMarked;
