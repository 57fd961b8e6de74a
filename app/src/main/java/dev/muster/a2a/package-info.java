/**
 * The A2A edge: an agent card, and the JSON-RPC binding of A2A 1.0 at {@code /a2a}, by which other agents hand work to the
 * fleet. A thin binding: work is handed over by commands of the catalog, and what is told of it is a fold of the events of
 * the one task or mission. Nothing of A2A is kept anywhere else.
 */
@NullMarked
package dev.muster.a2a;

import org.jspecify.annotations.NullMarked;
