package dev.muster.cli;

import dev.muster.message.EventSerializer;
import dev.muster.message.MessageNames;
import dev.muster.store.RocksEventStorageEngine;
import java.nio.file.Path;
import java.util.Set;

/** The log of a home, for commands that need the folder for themselves. */
final class LogFolder {

    private LogFolder() {}

    /** Events are neither read nor written but as they are stored, so that the serializers have nothing to do. */
    static RocksEventStorageEngine open(Path home) {
        var serializer = EventSerializer.of(MessageNames.of(Set.of()));
        return RocksEventStorageEngine.builder(home.resolve("log"), serializer, serializer)
                .build();
    }
}
