package dev.muster.importer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the record of a board of <em>beads</em>: JSON lines, plain or compressed with gzip. Rows that are the same in every
 * field are taken once. The times of its events and dependencies are local times although they end in Z.
 */
final class BeadsReader {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Duration behindUtc;

    /** @param behindUtc how far the local time of events and dependencies is behind UTC */
    BeadsReader(Duration behindUtc) {
        this.behindUtc = behindUtc;
    }

    /** All rows of these files, by time; rows of one time as they come in the files. */
    List<BoardRow> events(List<Path> files) {
        var rows = new ArrayList<BoardRow>();
        var seen = new HashSet<String>();
        for (var file : files) {
            lines(file, (source, line) -> {
                if (seen.add(line)) {
                    rows.add(row(source, parse(source, line)));
                }
            });
        }
        rows.sort(Comparator.comparing(BoardRow::at));
        return rows;
    }

    /** All dependencies of this file, by time. */
    List<Dependency> dependencies(Path file) {
        var dependencies = new ArrayList<Dependency>();
        var seen = new HashSet<String>();
        lines(file, (source, line) -> {
            if (seen.add(line)) {
                var node = parse(source, line);
                dependencies.add(new Dependency(
                        source,
                        time(source, required(source, node, "created_at")).plus(behindUtc),
                        required(source, node, "type"),
                        required(source, node, "issue_id"),
                        required(source, node, "depends_on_id"),
                        required(source, node, "created_by")));
            }
        });
        dependencies.sort(Comparator.comparing(Dependency::at));
        return dependencies;
    }

    private interface LineReader {
        void read(String source, String line);
    }

    private static void lines(Path file, LineReader reader) {
        try (var in = open(file);
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            var number = 0;
            for (String line; (line = lines.readLine()) != null; ) {
                number++;
                if (!line.isBlank()) {
                    reader.read(file.getFileName() + ":" + number, line);
                }
            }
        } catch (IOException e) {
            throw new ImportException("The file " + file + " can't be read: " + e + ". Nothing was imported.");
        }
    }

    private static InputStream open(Path file) throws IOException {
        var in = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    }

    private BoardRow row(String source, JsonNode node) {
        var newValue = text(node, "new_value");
        var oldValue = text(node, "old_value");
        var comment = text(node, "comment");
        var text = newValue == null || newValue.isEmpty() ? comment : newValue;
        return new BoardRow(
                source,
                time(source, required(source, node, "created_at")).plus(behindUtc),
                required(source, node, "event_type"),
                required(source, node, "issue_id"),
                required(source, node, "actor"),
                object(source, oldValue),
                object(source, newValue),
                text,
                oldValue);
    }

    private static JsonNode parse(String source, String line) {
        try {
            var node = JSON.readTree(line);
            if (!node.isObject()) {
                throw new ImportException(source + " is not a JSON object. Nothing was imported.");
            }
            return node;
        } catch (JacksonException e) {
            throw new ImportException(source + " is not JSON: " + e.getOriginalMessage() + ". Nothing was imported.");
        }
    }

    private static @Nullable JsonNode object(String source, @Nullable String text) {
        return text == null || !text.startsWith("{") ? null : parse(source, text);
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.has(field) && node.get(field).isString() ? node.get(field).stringValue() : null;
    }

    private static String required(String source, JsonNode node, String field) {
        var text = text(node, field);
        if (text == null || text.isEmpty()) {
            throw new ImportException(source + " has no " + field + ". Nothing was imported.");
        }
        return text;
    }

    private static Instant time(String source, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new ImportException(source + " has no valid time, but " + text + ". Nothing was imported.");
        }
    }
}
