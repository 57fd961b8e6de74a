/** What operators do with the processors of events: look at them, pause them, and have views folded again. */
@NullMarked
package dev.muster.processor;

import org.jspecify.annotations.NullMarked;
