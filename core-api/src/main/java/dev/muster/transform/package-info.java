/** What a team writes to copy its log through a transformation, where no upcaster can do it. The copy itself is the app's. */
@NullMarked
package dev.muster.transform;

import org.jspecify.annotations.NullMarked;
