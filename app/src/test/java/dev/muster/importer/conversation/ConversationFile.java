package dev.muster.importer.conversation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Writes conversations in the form of the data set. */
final class ConversationFile {

    private ConversationFile() {}

    static Map<String, String> turn(String name, String content) {
        return Map.of("name", name, "content", content);
    }

    @SafeVarargs
    static Path write(Path file, Map<String, String>... turns) throws IOException {
        var content =
                Map.of("question", "How many?", "ground_truth", "5", "is_correct", false, "history", List.of(turns));
        Files.createDirectories(file.getParent());
        return Files.writeString(file, JsonMapper.builder().build().writeValueAsString(content));
    }

    @SafeVarargs
    static List<Turn> turns(Map<String, String>... turns) {
        return Stream.iterate(0, i -> i + 1)
                .limit(turns.length)
                .map(i -> Turn.of(i, turns[i].get("name"), turns[i].get("content"), "f#" + i))
                .toList();
    }
}
