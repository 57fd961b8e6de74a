package dev.muster.importer.xes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Counts made straight from the lines of a file, without anything of the importer: a line has one element at most, and
 * events no attributes within attributes.
 */
record CountedXes(
        long cases, long events, Map<String, Long> byTransition, Set<String> activities, Set<String> resources) {

    private static final Pattern ATTRIBUTE =
            Pattern.compile("<(?:string|date|int|float|boolean|id) key=\"([^\"]*)\" value=\"([^\"]*)\"");

    static CountedXes of(Path file) throws IOException {
        var counted = new CountedXes[] {new CountedXes(0, 0, new TreeMap<>(), new TreeSet<>(), new TreeSet<>())};
        var in = Files.newInputStream(file);
        try (var lines = new BufferedReader(new InputStreamReader(
                file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8))) {
            var event = new HashMap<String, String>();
            var within = false;
            for (String line; (line = lines.readLine()) != null; ) {
                if (line.contains("<trace>")) {
                    counted[0] = counted[0].plus(1, 0);
                } else if (line.contains("<event>")) {
                    within = true;
                    event.clear();
                } else if (line.contains("</event>")) {
                    within = false;
                    counted[0] = counted[0].plus(0, 1);
                    counted[0].count(event);
                }
                var attribute = ATTRIBUTE.matcher(line);
                if (within && attribute.find()) {
                    event.put(attribute.group(1), plain(attribute.group(2)));
                }
            }
        }
        return counted[0];
    }

    private static String plain(String text) {
        return text.replace("&apos;", "'")
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&amp;", "&");
    }

    private CountedXes plus(long moreCases, long moreEvents) {
        return new CountedXes(cases + moreCases, events + moreEvents, byTransition, activities, resources);
    }

    private void count(Map<String, String> event) {
        byTransition.merge(
                event.getOrDefault("lifecycle:transition", "complete").toLowerCase(), 1L, Long::sum);
        activities.add(event.get("concept:name"));
        resources.add(event.getOrDefault("org:resource", "unknown"));
    }

    long of(String transition) {
        return byTransition.getOrDefault(transition, 0L);
    }

    /** How many events say that something was done: as the table in the documents has it. */
    long ends() {
        return of("complete") + of("closed") + of("unmatched");
    }

    /** Whether it has statuses for transitions: then one event may be several commands, or none. */
    boolean hasStatuses() {
        return byTransition.containsKey("closed");
    }
}
