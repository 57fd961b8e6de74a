/** What sagas of any domain are handed. Muster's own sagas are with their features. */
@NullMarked
package dev.muster.saga;

import org.jspecify.annotations.NullMarked;
