/** The view of tokens, and who may ask what. */
@NullMarked
package dev.muster.access;

import org.jspecify.annotations.NullMarked;
