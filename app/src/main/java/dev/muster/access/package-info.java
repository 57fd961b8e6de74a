/**
 * Who is asking: bearer tokens of Muster and JWTs of an external issuer, how many requests they may send, and the first
 * operator's token. What an actor may do is checked on the buses, not here.
 */
@NullMarked
package dev.muster.access;

import org.jspecify.annotations.NullMarked;
