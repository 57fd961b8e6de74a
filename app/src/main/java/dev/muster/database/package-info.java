/** The database of the views, the sagas and their deadlines: an H2 whose transactions survive the end of the process whole, or not at all. */
@NullMarked
package dev.muster.database;

import org.jspecify.annotations.NullMarked;
