package dev.muster.importer.conversation;

import dev.muster.importer.ImportException;
import dev.muster.message.EntityId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads conversations, each a JSON file with {@code question} and {@code history}. What was found out later is not read. */
final class ConversationReader {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** With room for the number of a turn. */
    private static final int MAX_ID = EntityId.MAX_LENGTH - "/1000000".length();

    private ConversationReader() {}

    /** The files, and those ending in .json below the folders, in the order of their paths. */
    static List<Conversation> read(List<Path> filesAndFolders) {
        var conversations = new ArrayList<Conversation>();
        for (var each : filesAndFolders) {
            try (var below = Files.walk(each)) {
                below.filter(path -> Files.isRegularFile(path)
                                && (path.equals(each) || path.toString().endsWith(".json")))
                        .sorted()
                        .map(ConversationReader::conversation)
                        .forEach(conversations::add);
            } catch (IOException | UncheckedIOException e) {
                throw unreadable(each, e.toString());
            }
        }
        refuseTheSameTwice(conversations);
        return conversations;
    }

    private static void refuseTheSameTwice(List<Conversation> conversations) {
        var sources = new HashMap<String, String>();
        for (var each : conversations) {
            var other = sources.put(each.id(), each.source());
            if (other != null) {
                throw new ImportException("Two runs would be named " + each.id() + ": " + other + " and "
                        + each.source() + ". Rename a file or its folder. Nothing was imported.");
            }
        }
    }

    private static Conversation conversation(Path file) {
        var folder = file.toAbsolutePath().getParent().getFileName();
        var source = (folder == null ? "" : folder + "/") + file.getFileName();
        var json = parse(file);
        var history = json.path("history");
        if (!history.isArray() || history.isEmpty()) {
            throw unreadable(file, "it has no history");
        }
        var turns = new ArrayList<Turn>();
        for (var turn : history) {
            var name = text(turn, "name") == null ? text(turn, "role") : text(turn, "name");
            if (name == null || !turn.path("content").isString()) {
                throw unreadable(file, "the turn " + turns.size() + " has no name or no content");
            }
            turns.add(Turn.of(turns.size(), name, turn.get("content").stringValue(), source + "#" + turns.size()));
        }
        var question = text(json, "question");
        return new Conversation(
                Words.identifier(source.replace(".json", "").replace('/', '-'), MAX_ID),
                question == null ? turns.get(0).text() : question,
                text(json, "ground_truth"),
                json.path("is_correct").asBoolean(false)
                        || json.path("is_corrected").asBoolean(false),
                turns,
                source);
    }

    private static JsonNode parse(Path file) {
        try {
            return JSON.readTree(file);
        } catch (JacksonException e) {
            throw unreadable(file, "it is not JSON: " + e.getOriginalMessage());
        }
    }

    private static @Nullable String text(JsonNode node, String field) {
        var value = node.path(field);
        return value.isString() && !value.stringValue().isBlank() ? value.stringValue() : null;
    }

    private static ImportException unreadable(Path file, String why) {
        return new ImportException("The file " + file + " can't be read: " + why + ". Nothing was imported.");
    }
}
