/** Answers what can be asked about digests. How they are made is in {@code hash} and {@code view}. */
@NullMarked
package dev.muster.digest;

import org.jspecify.annotations.NullMarked;
