package dev.muster.transform;

import dev.muster.store.RocksEventStorageEngine;
import dev.muster.store.StoredEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

/**
 * Writes the events of one log into another, through a transformation. Of each event a few words stay in memory until the end
 * (its identifier above all), so that what was left out, rewritten and made can be told, and no identifier is given twice.
 */
public final class LogCopy {

    /** How many events are written and synced at once. */
    private static final int AT_ONCE = 1_000;

    private final RocksEventStorageEngine from;
    private final RocksEventStorageEngine to;
    private final LongConsumer progress;
    private final Map<String, Long> read = new HashMap<>();
    private final Set<String> written = new HashSet<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final List<StoredEvent> waiting = new ArrayList<>();
    private final LogDigest digest = new LogDigest();
    private long reached = -1;
    private long unchanged;
    private long rewritten;

    /**
     * What was copied.
     *
     * @param read events of the old log
     * @param written events of the new one
     * @param unchanged of them, those that say what they said
     * @param rewritten of them, those that kept their identifiers and not all that they say
     * @param made of them, those whose identifiers the old log doesn't have
     * @param dropped events of the old log whose identifiers the new one doesn't have
     * @param digest SHA-256 over all that was written
     */
    public record Copied(
            long read, long written, long unchanged, long rewritten, long made, long dropped, String digest) {}

    private LogCopy(RocksEventStorageEngine from, RocksEventStorageEngine to, LongConsumer progress) {
        this.from = from;
        this.to = to;
        this.progress = progress;
    }

    /**
     * Copies all events.
     *
     * @param to an empty log
     * @param progress is told how many events were read
     * @throws TransformException if the transformation fails, or what it gives can't be a log
     */
    public static Copied copy(
            RocksEventStorageEngine from,
            RocksEventStorageEngine to,
            LogTransformation transformation,
            LongConsumer progress) {
        return new LogCopy(from, to, progress).run(transformation);
    }

    private Copied run(LogTransformation transformation) {
        try (var log = from.stored(0).map(this::note);
                var events = transformation.apply(log)) {
            events.forEachOrdered(this::write);
            flush();
        } catch (TransformException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new TransformException(
                    "The transformation failed when the old log had been read up to position " + reached + ": " + e, e);
        }
        progress.accept(reached + 1);
        var made = written.size() - unchanged - rewritten;
        return new Copied(
                reached + 1,
                written.size(),
                unchanged,
                rewritten,
                made,
                read.size() - unchanged - rewritten,
                digest.hex());
    }

    private LogEvent note(StoredEvent event) {
        reached = event.position();
        progress.accept(reached);
        var seen = new LogEvent(
                event.position(),
                event.eventId(),
                event.time(),
                event.aggregateType(),
                event.aggregateId(),
                event.payloadType(),
                event.revision(),
                event.payload(),
                event.metaData());
        read.put(seen.id(), content(seen));
        return seen;
    }

    private void write(LogEvent event) {
        var id = event.id().isEmpty() ? madeId(event) : event.id();
        if (!written.add(id)) {
            throw new TransformException("The transformation gives two events the identifier " + id + ": the second is "
                    + event + ". Give one of them another, or none to have one made.");
        }
        var before = read.get(id);
        if (before != null && before == content(event)) {
            unchanged++;
        } else if (before != null) {
            rewritten++;
        }
        var stored = stored(event, id);
        digest.add(stored);
        waiting.add(stored);
        if (waiting.size() == AT_ONCE) {
            flush();
        }
    }

    /** An event of no entity is the only one of a stream of its own. */
    private StoredEvent stored(LogEvent event, String id) {
        var alone = event.aggregateType() == null;
        return new StoredEvent(
                -1,
                id,
                event.time(),
                event.aggregateType(),
                alone ? id : event.entity(),
                alone ? 0 : sequences.merge(event.entity(), 0L, (last, first) -> last + 1),
                event.type(),
                event.revision(),
                event.payload(),
                event.metaData());
    }

    private void flush() {
        try {
            to.appendStored(waiting);
        } catch (RuntimeException e) {
            throw new TransformException("What the transformation gives can't be a log: " + e.getMessage(), e);
        }
        waiting.clear();
    }

    /** From what it says and where it stands, so that a second copy gives the same. */
    private String madeId(LogEvent event) {
        var name = "muster-transform " + written.size() + " " + event.entity() + " " + event.type();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** A short word for all that an event says, to see whether it is the same in the end. */
    private static long content(LogEvent event) {
        var crc = new CRC32C();
        var texts = Arrays.asList(
                event.time().toString(), event.aggregateType(), event.entity(), event.type(), event.revision());
        crc.update(texts.toString().getBytes(StandardCharsets.UTF_8));
        crc.update(event.payload());
        crc.update(event.metaData());
        var bytes = ByteBuffer.allocate(Long.BYTES);
        bytes.putInt((int) crc.getValue());
        bytes.putInt(31 * Arrays.hashCode(event.payload()) + Arrays.hashCode(event.metaData()));
        return bytes.getLong(0);
    }
}
