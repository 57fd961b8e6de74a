/**
 * Replays event logs in XES (IEEE 1849): cases become missions, activities tasks, resources agents. A log is read once, its
 * events are put into one order of time on disk, and only then is anything sent. What each transition becomes is in
 * {@code docs/import-xes.md}.
 */
@NullMarked
package dev.muster.importer.xes;

import org.jspecify.annotations.NullMarked;
