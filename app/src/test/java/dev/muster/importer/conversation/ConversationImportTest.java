package dev.muster.importer.conversation;

import static dev.muster.importer.conversation.ConversationFile.turn;
import static dev.muster.importer.conversation.ConversationFile.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.importer.ImportException;
import dev.muster.importer.RecordedSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Conversations of agents become tasks that are handed over, and turns that name what they refer to. */
class ConversationImportTest {

    /** Each turn refers to one by name; ben's plants and kim's opinion lead nowhere. */
    private static final List<Map<String, String>> COMPLETE = List.of(
            turn("human", "How many?"),
            turn("Orchestrator (thought)", "Initial plan."),
            turn("Orchestrator (-> Researcher)", "Please look up how many there were."),
            turn("Researcher", "There were 'three of them'."),
            turn("Orchestrator (-> Gardener)", "Please water the plants."),
            turn("Gardener", "The plants are watered."),
            turn("Calculator", "Researcher says so, hence three and three: ```print(3 + 3)```"),
            turn("Computer_terminal", "exitcode: 0 (execution succeeded)\nCode output: 6"),
            turn("Critic", "I like plants."),
            turn("Writer", "The output says it: six. Calculator has done well."));

    @TempDir
    Path folder;

    @SuppressWarnings("unchecked")
    private Path complete() throws IOException {
        return write(folder.resolve("runs/own.json"), COMPLETE.toArray(Map[]::new));
    }

    @Test
    void where_the_references_are_complete_the_failure_leads_to_the_mistaken_step() throws IOException {
        var mistaken = 3;
        try (var imported = new Imported(folder.resolve("home"), List.of(complete()))) {
            assertThat(imported.turnsThatLedToTheFailureOf("runs-own"))
                    .contains(mistaken)
                    .containsExactly(0, 1, 2, 3, 6, 7, 9);
        }
    }

    @Test
    void who_hands_what_to_whom_becomes_a_task_of_the_run() throws IOException {
        try (var imported = new Imported(folder.resolve("home"), List.of(complete()))) {
            assertThat(told(imported.events, "task/runs-own/2"))
                    .containsExactly(
                            "TaskSubmitted by Orchestrator",
                            "TaskAssigned by Orchestrator",
                            "(TaskStarted) by Researcher",
                            "TaskCompleted by Researcher");
            assertThat(told(imported.events, "task/runs-own/6"))
                    .containsExactly(
                            "(TaskSubmitted) by Calculator",
                            "(TaskAssigned) by Computer_terminal",
                            "(TaskStarted) by Computer_terminal",
                            "TaskCompleted by Computer_terminal");
            assertThat(told(imported.events, "task/runs-own"))
                    .startsWith("TaskSubmitted by operator:human", "(TaskAssigned) by Orchestrator")
                    .endsWith("TaskCommented by Writer", "TaskFailed by Orchestrator");
        }
    }

    private static List<String> told(List<JsonNode> events, String entity) {
        return events.stream()
                .filter(event -> event.get("subject").asString().equals(entity))
                .map(event -> (event.path("inferred").asBoolean(false)
                                ? "(" + event.get("type").asString() + ")"
                                : event.get("type").asString())
                        + " by " + event.get("actor").asString())
                .toList();
    }

    @Test
    void what_is_never_answered_is_canceled() throws IOException {
        var file = write(
                folder.resolve("runs/open.json"), turn("human", "How many?"), turn("Orchestrator (-> Ben)", "Count."));
        try (var imported = new Imported(folder.resolve("home"), List.of(file))) {
            assertThat(told(imported.events, "task/runs-open/1")).endsWith("(TaskCanceled) by Orchestrator");
            assertThat(imported.turnsThatLedToTheFailureOf("runs-open")).containsExactly(0, 1);
        }
    }

    @Test
    void the_same_files_always_make_the_same_commands() throws IOException {
        complete();
        write(folder.resolve("runs/second.json"), turn("Ada", "You are given a task."), turn("Ada", "TERMINATE"));
        assertThat(sent()).isEqualTo(sent()).hasSizeGreaterThan(20);
        assertThat(sent().get(0).circumstances().at()).isEqualTo(Conversations.BEGINNING);
    }

    private List<RecordedSink.Sent> sent() {
        var sink = new RecordedSink();
        try (var recording = Conversations.read(List.of(folder.resolve("runs")))) {
            recording.replay(sink, done -> {});
        }
        return sink.sent;
    }

    @Test
    void two_runs_of_one_name_are_refused() throws IOException {
        var one = write(folder.resolve("a/runs/1.json"), turn("Ada", "Hello."));
        var other = write(folder.resolve("b/runs/1.json"), turn("Ada", "Hello."));
        assertThatExceptionOfType(ImportException.class)
                .isThrownBy(() -> Conversations.read(List.of(one, other)))
                .withMessageContaining("Two runs would be named runs-1");
    }

    @Test
    void what_is_no_conversation_is_refused() throws IOException {
        for (var content : List.of("[]", "{\"history\": []}", "{\"history\": [{\"content\": \"x\"}]}", "not JSON")) {
            var file = Files.writeString(folder.resolve("x.json"), content);
            assertThatExceptionOfType(ImportException.class)
                    .as(content)
                    .isThrownBy(() -> Conversations.read(List.of(file)))
                    .withMessageContaining("Nothing was imported");
        }
        assertThatExceptionOfType(ImportException.class)
                .isThrownBy(() -> Conversations.read(List.of(folder.resolve("none"))))
                .withMessageContaining("Nothing was imported");
    }
}
