package dev.muster.task;

import dev.muster.message.JsonMappers;
import dev.muster.task.TaskIndex.EarlierClaim;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a {@link TaskIndex} knows, in its stored form: JSON that is not to be looked into. It is a fold of the log like any
 * other, so it may be lost; it only saves the time of folding again. It has no line breaks.
 *
 * @param json what was kept
 */
public record TaskIndexCheckpoint(String json) {

    /** To be raised when the index keeps something else; checkpoints of other revisions are of no use. */
    public static final int REVISION = 1;

    private static final JsonMapper JSON =
            JsonMappers.state(JsonMapper.builder()).build();

    /** What the index keeps. The claims are in the order in which they are forgotten. */
    record Kept(
            List<IndexedTask> tasks,
            Map<String, Set<String>> capabilities,
            Map<String, Long> sequences,
            List<KeptClaim> claims) {}

    record KeptClaim(String key, EarlierClaim claim) {}

    static TaskIndexCheckpoint of(
            Collection<IndexedTask> tasks,
            Map<String, Set<String>> capabilities,
            Map<String, Long> sequences,
            Map<String, EarlierClaim> claims) {
        return new TaskIndexCheckpoint(JSON.writeValueAsString(new Kept(
                List.copyOf(tasks),
                capabilities,
                sequences,
                claims.entrySet().stream()
                        .map(claim -> new KeptClaim(claim.getKey(), claim.getValue()))
                        .toList())));
    }

    Kept read() {
        return JSON.readValue(json, Kept.class);
    }
}
