/**
 * Where views are kept: one interface, a store in the database and one in memory, and what makes answers live. A view is
 * a fold of the log and can be thrown away at any time. No view of a feature lives here.
 */
@NullMarked
package dev.muster.view;

import org.jspecify.annotations.NullMarked;
