/**
 * The demonstration: eight simulated agents that know nothing but HTTP, a story that one seed decides, and a summary of
 * which each line has its proof. What the server does is not here; the demonstration is a client like any other.
 */
@NullMarked
package dev.muster.cli.demo;

import org.jspecify.annotations.NullMarked;
