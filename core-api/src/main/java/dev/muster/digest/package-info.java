/** What can be asked about the digests of views, by which two folds of one log are compared. */
@NullMarked
package dev.muster.digest;

import org.jspecify.annotations.NullMarked;
