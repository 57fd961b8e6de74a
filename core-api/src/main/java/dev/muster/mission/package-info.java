/** A mission: the undertaking that tasks can belong to. Here is its identifier. */
@NullMarked
package dev.muster.mission;

import org.jspecify.annotations.NullMarked;
