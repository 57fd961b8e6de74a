/** What can be asked about the history itself, whatever the feature. */
@NullMarked
package dev.muster.history;

import org.jspecify.annotations.NullMarked;
