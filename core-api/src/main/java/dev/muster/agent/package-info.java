/** An agent: whoever takes work. What can be asked of one, what happened to it, and what can be known about it. */
@NullMarked
package dev.muster.agent;

import org.jspecify.annotations.NullMarked;
