package dev.muster.cli;

import java.util.Arrays;
import java.util.Map;

/**
 * What was measured several times, an odd number of times. Whatever else a machine does only takes from the best, which is what the
 * program can do; the one in the middle tells what to expect on that machine.
 */
record Tries(double... measured) {

    Tries {
        measured = measured.clone();
        Arrays.sort(measured);
    }

    double least() {
        return measured[0];
    }

    /** Of rates the best is the most. */
    Map<String, Object> most(String name) {
        return Map.of(name, measured[measured.length - 1], name + "Middle", middle());
    }

    /** Of times the best is the least. */
    Map<String, Object> least(String name) {
        return Map.of(name, least(), name + "Middle", middle());
    }

    private double middle() {
        return measured[measured.length / 2];
    }
}
