package dev.muster.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.message.JsonMappers;
import dev.muster.task.TaskIndex.EarlierClaim;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a {@link TaskIndex} knows, in its stored form, which is not to be looked into. It is a fold of the log like any
 * other, so it may be lost; it only saves the time of folding again.
 */
public final class TaskIndexCheckpoint {

    /** To be raised when the index keeps something else; checkpoints of other revisions are of no use. */
    public static final int REVISION = 3;

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
     * @throws IOException if it can't be read, or is none: its end is not where it should be, or a length makes no sense
     */
    public static TaskIndexCheckpoint readFrom(DataInputStream in) throws IOException {
        var json = new String(new GZIPInputStream(new ByteArrayInputStream(block(in))).readAllBytes(), UTF_8);
        var ended = new ArrayList<byte[]>();
        for (int parts = in.readInt(); parts > 0; parts--) {
            ended.add(block(in));
        }
        return new TaskIndexCheckpoint(json, ended);
    }

    private static byte[] block(DataInputStream in) throws IOException {
        var length = in.readInt();
        if (length < 0) {
            throw new IOException("A part of a checkpoint can't have " + length + " bytes");
        }
        var block = in.readNBytes(length);
        if (block.length < length) {
            throw new EOFException("A part of a checkpoint has " + block.length + " bytes instead of " + length);
        }
        return block;
    }

    /** Stores it: JSON is packed, and hashes, which can't be made smaller, are as they are. */
    public void writeTo(DataOutputStream out) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(packed)) {
            zip.write(json.getBytes(UTF_8));
        }
        out.writeInt(packed.size());
        packed.writeTo(out);
        out.writeInt(ended.size());
        for (var part : ended) {
            out.writeInt(part.length);
            out.write(part);
        }
    }

    Kept read() {
        return JSON.readValue(json, Kept.class);
    }

    List<byte[]> ended() {
        return ended;
    }
}
