package dev.muster.replay;

import dev.muster.replay.ReplayReport.Difference;
import dev.muster.replay.ReplayReport.Fault;
import java.util.ArrayList;
import java.util.List;

/** Says in words what was found. */
final class Summary {

    private Summary() {}

    static String of(long position, List<Difference> differences, List<Fault> faults) {
        if (differences.isEmpty() && faults.isEmpty()) {
            return "At position " + position + " the views are as they were.";
        }
        var said = new ArrayList<String>();
        differences.forEach(difference -> said.add(of(difference)));
        faults.forEach(fault -> said.add(of(fault)));
        return "At position " + position + ": " + String.join("; ", said) + ".";
    }

    private static String of(Difference difference) {
        var text = new StringBuilder("the view ")
                .append(difference.view())
                .append(" differs from what the log folds to, since after position ")
                .append(difference.after())
                .append(" and by position ")
                .append(difference.upTo());
        if (difference.first() != null) {
            text.append("; first in between, position ")
                    .append(difference.first())
                    .append(" changes ")
                    .append(difference.firstKey());
        }
        var keys = difference.keys();
        if (!keys.isEmpty()) {
            text.append("; different now: ")
                    .append(String.join(
                            ", ",
                            keys.stream()
                                    .limit(5)
                                    .map(key -> key.key() + " (" + key.what() + ")")
                                    .toList()));
            if (keys.size() > 5) {
                text.append(" and ").append(keys.size() - 5).append(" more");
            }
        }
        return text.toString();
    }

    private static String of(Fault fault) {
        return fault.key() == null
                ? "the view " + fault.view() + " " + fault.what()
                : "the row " + fault.key() + " of the view " + fault.view() + " " + fault.what();
    }
}
