package dev.muster.importer.xes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A case as the log has it.
 *
 * @param source where it begins: a file and a line
 * @param events at most {@value #MAX_EVENTS}, in the order of the file
 * @param more how many it has beyond those
 */
record XesTrace(String source, @Nullable String name, List<XesEvent> events, long more) {

    /** How many events of a case are kept; a plan has fewer steps than that by far. */
    static final int MAX_EVENTS = 100_000;
}
