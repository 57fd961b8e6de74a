package dev.muster.importer.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.importer.RealHistories;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Failed runs of real agents, labelled with who made the decisive mistake and when. How often the causes of the failure lead
 * there is printed, beside how often a chain of the same length would by chance. Skipped where they are not there.
 */
class RealWhoAndWhenTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static Path data;

    @TempDir
    Path homes;

    @BeforeAll
    static void find() {
        data = RealHistories.find("who-and-when");
    }

    /** What was found, summed up over the runs of a folder. */
    private static final class Tally {
        int runs;
        int turns;
        int onChain;
        int stepFound;
        int agentFound;
        double stepByChance;
        double agentByChance;

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d runs; the labelled step is among the causes of %.0f %% (by chance of %.0f %%), the labelled agent of"
                            + " %.0f %% (by chance of %.0f %%); %.1f of %.1f turns are among the causes",
                    runs,
                    100.0 * stepFound / runs,
                    100 * stepByChance / runs,
                    100.0 * agentFound / runs,
                    100 * agentByChance / runs,
                    1.0 * onChain / runs,
                    1.0 * turns / runs);
        }
    }

    @Tag("slow")
    @Test
    void the_causes_of_a_failure_lead_back_over_turns() throws Exception {
        for (var folder : List.of("Algorithm-Generated", "Hand-Crafted")) {
            try (var imported = new Imported(homes.resolve(folder), List.of(data.resolve(folder)));
                    var files = Files.list(data.resolve(folder))) {
                assertThat(imported.report.applied()).isEqualTo(imported.report.rows());
                var tally = new Tally();
                for (var file : files.sorted().toList()) {
                    var run = folder + "-" + file.getFileName().toString().replace(".json", "");
                    add(tally, JSON.readTree(file), imported.turnsThatLedToTheFailureOf(run));
                }
                System.out.println(folder + ": " + tally);
                assertThat(imported.report.rows()).isEqualTo(tally.turns);
                assertThat(tally.onChain).as("not everything is on one chain").isLessThan(tally.turns);
                assertThat((double) tally.stepFound).as("better than by chance").isGreaterThan(tally.stepByChance);
            }
        }
    }

    private static void add(Tally tally, JsonNode run, List<Integer> chain) {
        var history = run.get("history");
        var step = Integer.parseInt(run.get("mistake_step").asString());
        var agent = run.get("mistake_agent").asString();
        assertThat(chain).as("of " + run.get("question")).isNotEmpty();
        var speakers = new HashSet<String>();
        chain.forEach(turn -> speakers.add(speaker(history.get(turn))));
        tally.runs++;
        tally.turns += history.size();
        tally.onChain += chain.size();
        tally.stepFound += chain.contains(step) ? 1 : 0;
        tally.stepByChance += 1.0 * chain.size() / history.size();
        tally.agentFound += speakers.stream().anyMatch(agent::equalsIgnoreCase) ? 1 : 0;
        tally.agentByChance += byChance(history, agent, chain.size());
    }

    /** How likely it is that some of that many turns, drawn without looking, are the agent's. */
    private static double byChance(JsonNode history, String agent, int drawn) {
        var all = history.size();
        var others = 0;
        for (var turn : history) {
            others += speaker(turn).equalsIgnoreCase(agent) ? 0 : 1;
        }
        var none = 1.0;
        for (int i = 0; i < drawn; i++) {
            none *= Math.max(0, others - i) / (double) (all - i);
        }
        return 1 - none;
    }

    private static String speaker(JsonNode turn) {
        return Turn.of(0, turn.path("name").asString(turn.get("role").asString()), "", "")
                .speaker();
    }
}
