/** Copies a log through a transformation into a new store, and checks that what came of it can be lived with. */
@NullMarked
package dev.muster.transform;

import org.jspecify.annotations.NullMarked;
