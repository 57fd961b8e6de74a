/** Putting a backup of the log in the place of a home's log. Backups themselves are made by the embedded engine. */
@NullMarked
package dev.muster.backup;

import org.jspecify.annotations.NullMarked;
