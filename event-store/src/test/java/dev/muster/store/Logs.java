package dev.muster.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.zip.ZipInputStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;

/** Logs for the tests of the index by time, and what a plain look at every event says of them. */
final class Logs {

    private Logs() {}

    static RocksEventStorageEngine open(Path folder) {
        return RocksEventStorageEngine.builder(folder, EventStoreContract.SERIALIZER, EventStoreContract.SERIALIZER)
                .build();
    }

    /** Some time around the beginning of 1970, rising on the whole; equal ones and earlier ones among them. */
    static Instant someTime(Random random, long position) {
        return Instant.EPOCH.plusSeconds(position / 4 - 20 + random.nextInt(12)).plusNanos(random.nextInt(3) - 1);
    }

    static void append(RocksEventStorageEngine engine, Random random, int many) {
        for (int i = 0; i < many; i++) {
            var position = engine.head();
            var aggregate = "a" + random.nextInt(3);
            engine.appendEvents(new GenericDomainEventMessage<>(
                    "thing",
                    aggregate,
                    engine.lastSequenceNumberFor(aggregate).orElse(-1L) + 1,
                    "event " + position,
                    MetaData.emptyInstance(),
                    "id-" + position,
                    someTime(random, position)));
        }
    }

    /** Where the log stood at that time, by looking at every event. */
    static long scanAsOf(RocksEventStorageEngine engine, Instant time) {
        try (var events = engine.stored(0)) {
            return events.takeWhile(event -> !event.time().isAfter(time))
                    .mapToLong(StoredEvent::position)
                    .reduce(-1, (one, other) -> other);
        }
    }

    /** A store that the first released format has, with 60 events whose times don't rise with their positions. */
    static void unpackFormat1(Path folder) {
        unpack("format-1.zip", folder);
    }

    /**
     * A store of the second format, in which all records are of format 1: 60 events whose times don't rise with their positions, one
     * with metadata and a UUID, one of no aggregate, and a snapshot of a0.
     */
    static void unpackFormat2(Path folder) {
        unpack("format-2.zip", folder);
    }

    private static void unpack(String name, Path folder) {
        try (var zip = new ZipInputStream(Logs.class.getResourceAsStream(name))) {
            Files.createDirectories(folder);
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.copy(zip, folder.resolve(entry.getName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
