/** What must happen to tasks when time passes or another entity changes. */
@NullMarked
package dev.muster.task;

import org.jspecify.annotations.NullMarked;
