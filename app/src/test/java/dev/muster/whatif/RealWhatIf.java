package dev.muster.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What a real board would have been without the events of its busiest agents, beside an independent reckoning. */
public final class RealWhatIf {

    private final HttpApi api;
    private final Path log;
    private final List<JsonNode> events;

    public RealWhatIf(HttpApi api, Path log) {
        this.api = api;
        this.log = log;
        this.events = api.events("");
    }

    public void compareTheFiveBusiest() {
        var raw = rawDigest();
        var files = fileHashes();
        busiest().forEach(this::compare);
        assertThat(rawDigest()).isEqualTo(raw);
        assertThat(fileHashes()).isEqualTo(files);
    }

    private List<String> busiest() {
        var counts = events.stream()
                .collect(Collectors.groupingBy(event -> event.get("actor").asString(), Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(5)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void compare(String agent) {
        var expected = Reckoning.without(agent, events);
        var answer = ask(agent);
        var leftOut = events.stream()
                .filter(event -> event.get("actor").asString().equals(agent))
                .count();
        assertThat(answer.get("leftOut").asLong()).isEqualTo(leftOut);
        assertThat(ids(answer.get("impossible"))).containsExactlyElementsOf(expected.impossible);

        var completed = completedInReality();
        var lost = lost(answer, completed);
        var stillCompleted = new TreeSet<>(completed);
        stillCompleted.removeAll(lost);
        var reckoned = new TreeSet<>(expected.completed());
        reckoned.retainAll(completed);
        assertThat(stillCompleted).as(agent).isEqualTo(reckoned);

        // Beside those with a completion by others that became impossible: exactly the tasks whose every completion was
        // the
        // agent's, and those that others had completed, that were reopened, and whose last completion was the agent's.
        var allByTheAgent = new TreeSet<>(completed);
        allByTheAgent.removeAll(completedByOthersThan(agent));
        var lastByTheAgent = lastCompletedBy(agent);
        lastByTheAgent.retainAll(completed);
        var notCompleted = new TreeSet<>(lost);
        notCompleted.removeAll(expected.withImpossibleCompletion);
        assertThat(notCompleted).as(agent).containsAll(allByTheAgent);
        lastByTheAgent.removeAll(expected.withImpossibleCompletion);
        assertThat(notCompleted).as(agent).isEqualTo(lastByTheAgent);
        System.out.printf(
                "Without %s: %,d events left out, %,d could not have happened; %,d tasks are not completed: %,d whose every"
                        + " completion was its own, %,d whose last one was, %,d with one by others that became impossible%n",
                agent,
                leftOut,
                expected.impossible.size(),
                lost.size(),
                allByTheAgent.size(),
                lastByTheAgent.size() - allByTheAgent.size(),
                lost.size() - lastByTheAgent.size());
    }

    private JsonNode ask(String agent) {
        var question = Map.of("limit", 10_000, "changes", List.of(Map.of("leaveOut", Map.of("actor", agent))));
        var answer = api.post("/api/what-if", "operator:o", HttpApi.JSON.writeValueAsString(question));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static List<String> ids(JsonNode impossible) {
        return impossible.valueStream().map(event -> event.get("id").asString()).toList();
    }

    private Set<String> completedInReality() {
        var state = new HashMap<String, String>();
        for (var event : events) {
            var type = event.get("type").asString();
            if (Set.of("TaskCompleted", "TaskReopened").contains(type)) {
                state.put(event.get("subject").asString(), type);
            }
        }
        state.values().removeIf(type -> !type.equals("TaskCompleted"));
        return new TreeSet<>(state.keySet());
    }

    private Set<String> completedByOthersThan(String agent) {
        return events.stream()
                .filter(event -> event.get("type").asString().equals("TaskCompleted"))
                .filter(event -> !event.get("actor").asString().equals(agent))
                .map(event -> event.get("subject").asString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> lastCompletedBy(String agent) {
        var last = new HashMap<String, String>();
        for (var event : events) {
            if (event.get("type").asString().equals("TaskCompleted")) {
                last.put(event.get("subject").asString(), event.get("actor").asString());
            }
        }
        last.values().removeIf(actor -> !actor.equals(agent));
        return new TreeSet<>(last.keySet());
    }

    /** The tasks that are completed in reality, and of which the answer says otherwise. */
    private static Set<String> lost(JsonNode answer, Set<String> completed) {
        var lost = new TreeSet<String>();
        for (var view : answer.get("differences")) {
            if (!view.get("view").asString().equals("task")) {
                continue;
            }
            assertThat(view.get("items")).hasSize(view.get("count").asInt());
            for (var item : view.get("items")) {
                var task = "task/" + item.get("key").asString();
                if (completed.contains(task) && isNotCompleted(item)) {
                    lost.add(task);
                }
            }
        }
        return lost;
    }

    private static boolean isNotCompleted(JsonNode item) {
        return item.get("kind").asString().equals("missing")
                || item.path("patch")
                        .valueStream()
                        .anyMatch(step -> step.get("path").asString().equals("/view/state"));
    }

    /** Over everything that is stored, in the order of the log. */
    private String rawDigest() {
        var digest = sha256();
        for (var after = -1L; ; ) {
            var page =
                    api.get("/api/events?form=stored&limit=500&after=" + after).body();
            page.get("items").forEach(event -> digest.update(event.toString().getBytes(StandardCharsets.UTF_8)));
            if (!page.has("next")) {
                return HexFormat.of().formatHex(digest.digest());
            }
            after = page.get("next").asLong();
        }
    }

    /** The files of the log, but for the diary that its library keeps. */
    private Map<String, String> fileHashes() {
        try (var all = Files.list(log)) {
            var hashes = new TreeMap<String, String>();
            for (var file : all.filter(name -> !name.getFileName().toString().startsWith("LOG"))
                    .toList()) {
                hashes.put(
                        file.getFileName().toString(),
                        HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(file))));
            }
            return hashes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
