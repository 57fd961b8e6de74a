/**
 * Reads the log ahead of those who fold it: while one thread folds, another one turns what was stored into messages. The
 * order of the log stays, and what can't be read fails where it is met. What is done with the events is not known here.
 */
@NullMarked
package dev.muster.ahead;

import org.jspecify.annotations.NullMarked;
