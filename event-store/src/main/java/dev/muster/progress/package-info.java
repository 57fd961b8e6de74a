/** Shows a person how far something long is. It knows nothing of what that is. */
@NullMarked
package dev.muster.progress;

import org.jspecify.annotations.NullMarked;
