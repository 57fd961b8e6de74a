/**
 * The index of the log in a database of its own (RocksDB), whichever engine keeps the log: how its keys and rows are written, how it
 * is opened or thrown away, and how it is brought to where the views stand. What is looked up in it is said in {@code history}.
 */
@NullMarked
package dev.muster.index;

import org.jspecify.annotations.NullMarked;
