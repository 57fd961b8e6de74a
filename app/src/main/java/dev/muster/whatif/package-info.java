/** What Muster puts into a sandbox in place of its live parts, and the edge at which it is asked. */
@NullMarked
package dev.muster.whatif;

import org.jspecify.annotations.NullMarked;
