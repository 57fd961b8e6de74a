package dev.muster.history;

import dev.muster.history.PatchStep.Op;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NumericNode;

/**
 * The difference of two JSON values as a patch (RFC 6902), in the order in which it is to be applied. Objects are compared
 * key by key. Of arrays what is alike at the beginning and at the end is left alone; what is between is compared place by
 * place, and what one has more there is added or removed. Numbers that are equal differ in no way, however they are written.
 */
public final class JsonDifference {

    private final List<PatchStep> steps = new ArrayList<>();

    private JsonDifference() {}

    public static List<PatchStep> between(JsonNode from, JsonNode to) {
        var difference = new JsonDifference();
        difference.compare(JsonPointer.empty(), from, to);
        return difference.steps;
    }

    private void compare(JsonPointer path, JsonNode from, JsonNode to) {
        if (from.isObject() && to.isObject()) {
            compareObjects(path, from, to);
        } else if (from.isArray() && to.isArray()) {
            compareArrays(path, from, to);
        } else if (!same(from, to)) {
            steps.add(new PatchStep(Op.REPLACE, path.toString(), to));
        }
    }

    private void compareObjects(JsonPointer path, JsonNode from, JsonNode to) {
        for (var name : from.propertyNames()) {
            if (!to.has(name)) {
                steps.add(new PatchStep(Op.REMOVE, path.appendProperty(name).toString(), null));
            }
        }
        for (var property : to.properties()) {
            var place = path.appendProperty(property.getKey());
            var before = from.get(property.getKey());
            if (before == null) {
                steps.add(new PatchStep(Op.ADD, place.toString(), property.getValue()));
            } else {
                compare(place, before, property.getValue());
            }
        }
    }

    private void compareArrays(JsonPointer path, JsonNode from, JsonNode to) {
        var most = Math.min(from.size(), to.size());
        var begin = 0;
        while (begin < most && same(from.get(begin), to.get(begin))) {
            begin++;
        }
        var end = 0;
        while (end < most - begin && same(from.get(from.size() - 1 - end), to.get(to.size() - 1 - end))) {
            end++;
        }
        var both = most - end;
        for (int i = begin; i < both; i++) {
            compare(path.appendIndex(i), from.get(i), to.get(i));
        }
        for (int i = from.size() - end - 1; i >= both; i--) {
            steps.add(new PatchStep(Op.REMOVE, path.appendIndex(i).toString(), null));
        }
        for (int i = both; i < to.size() - end; i++) {
            steps.add(new PatchStep(Op.ADD, path.appendIndex(i).toString(), to.get(i)));
        }
    }

    /** Whether two values are equal as RFC 6902 has it (4.6). */
    private static boolean same(JsonNode one, JsonNode other) {
        return one.equals(JsonDifference::compareNumbers, other);
    }

    /** As {@link JsonNode#equals(java.util.Comparator, JsonNode)} wants it: 0 if equal. */
    private static int compareNumbers(JsonNode one, JsonNode other) {
        if (one.equals(other)) {
            return 0;
        }
        return one instanceof NumericNode a && other instanceof NumericNode b && !a.isNaN() && !b.isNaN()
                ? one.decimalValue().compareTo(other.decimalValue())
                : 1;
    }
}
