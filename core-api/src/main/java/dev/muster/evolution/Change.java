package dev.muster.evolution;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What becomes of events of a stored form: nothing, one event of another form, or several, the parts of a split event.
 *
 * @param of the form that is stored
 * @param into what it is read as, in this order
 */
public record Change(EventForm of, List<Reading> into) {

    public Change {
        into = List.copyOf(into);
    }

    @Override
    public String toString() {
        return into.stream().map(Reading::toString).collect(Collectors.joining(" + ", of + " -> ", ""));
    }
}
