package dev.muster.task;

import dev.muster.message.JsonMappers;
import dev.muster.task.TaskIndex.EarlierClaim;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a {@link TaskIndex} knows, in its stored form: lines that are not to be looked into. It is a fold of the log like any
 * other, so it may be lost; it only saves the time of folding again.
 */
public final class TaskIndexCheckpoint {

    /** To be raised when the index keeps something else; checkpoints of other revisions are of no use. */
    public static final int REVISION = 2;

    private static final JsonMapper JSON =
            JsonMappers.state(JsonMapper.builder()).build();

    private final String json;
    private final List<byte[]> ended;

    /** @param ended of {@link EndedTasks#parts()}; most tasks of a log are there, so they are no JSON */
    private TaskIndexCheckpoint(String json, List<byte[]> ended) {
        this.json = json;
        this.ended = ended;
    }

    /** What the index keeps of all but ended tasks. The claims are in the order in which they are forgotten. */
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
            Map<String, EarlierClaim> claims,
            EndedTasks ended) {
        var json = JSON.writeValueAsString(new Kept(
                List.copyOf(tasks),
                capabilities,
                sequences,
                claims.entrySet().stream()
                        .map(claim -> new KeptClaim(claim.getKey(), claim.getValue()))
                        .toList()));
        return new TaskIndexCheckpoint(json, ended.parts());
    }

    /**
     * One that was stored.
     *
     * @throws IllegalArgumentException if those are not the lines of one
     */
    public static TaskIndexCheckpoint of(Iterator<String> lines) {
        if (!lines.hasNext()) {
            throw new IllegalArgumentException("Nothing follows where a checkpoint of the index of tasks should");
        }
        var json = lines.next();
        var ended = new ArrayList<byte[]>();
        lines.forEachRemaining(line -> ended.add(Base64.getDecoder().decode(line)));
        return new TaskIndexCheckpoint(json, ended);
    }

    /** What is to be stored, made line by line. No line has a line break. */
    public Stream<String> lines() {
        return Stream.concat(Stream.of(json), ended.stream().map(Base64.getEncoder()::encodeToString));
    }

    Kept read() {
        return JSON.readValue(json, Kept.class);
    }

    List<byte[]> ended() {
        return ended;
    }
}
