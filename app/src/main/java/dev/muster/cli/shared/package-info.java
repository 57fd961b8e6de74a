/** What several commands need: the application in this process, and a client of its HTTP interface. */
@NullMarked
package dev.muster.cli.shared;

import org.jspecify.annotations.NullMarked;
