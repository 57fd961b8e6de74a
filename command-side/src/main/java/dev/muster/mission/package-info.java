/** The rules of missions: which steps begin when, when one is stopped, and what is undone then. */
@NullMarked
package dev.muster.mission;

import org.jspecify.annotations.NullMarked;
