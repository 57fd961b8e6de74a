/**
 * Fingerprints of sets of views: canonical JSON, and a hash of a multiset that is kept up with each change of it. What a view
 * is, or where it is kept, is not known here.
 */
@NullMarked
package dev.muster.hash;

import org.jspecify.annotations.NullMarked;
