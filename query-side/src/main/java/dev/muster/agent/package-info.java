/** The view of agents: what is known of each, and what it holds. */
@NullMarked
package dev.muster.agent;

import org.jspecify.annotations.NullMarked;
