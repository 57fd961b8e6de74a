/** What can be asked about a past that never happened. */
@NullMarked
package dev.muster.whatif;

import org.jspecify.annotations.NullMarked;
