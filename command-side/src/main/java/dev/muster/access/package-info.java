/** Tokens: who may issue and end them, how their secrets are made, and which of them are good. */
@NullMarked
package dev.muster.access;

import org.jspecify.annotations.NullMarked;
