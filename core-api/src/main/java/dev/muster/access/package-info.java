/** Who may use a server: tokens, what can be asked of them, what happened to them, and what can be known about them. */
@NullMarked
package dev.muster.access;

import org.jspecify.annotations.NullMarked;
