/**
 * What the benchmark measures Muster beside: the same aggregates and commands in a plain Axon application on Axon's own JDBC
 * engine, and in process on Axon alone over the embedded log, with nothing else of Muster around them. No part of a Muster that serves.
 */
@NullMarked
package dev.muster.cli.baseline;

import org.jspecify.annotations.NullMarked;
