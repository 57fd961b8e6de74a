package dev.muster.whatif;

import dev.muster.history.LogSource;
import dev.muster.message.MessageCatalog;
import dev.muster.store.EventStoreContract;
import dev.muster.store.NotKept;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;

/** A sandbox keeps its events as every engine does, except that they end with it. */
@NotKept(value = "a_log_that_is_opened_again_has_all_that_it_had", because = "It is kept in memory")
@NotKept(value = "positions_go_on_where_they_ended_when_it_is_opened_again", because = "It is kept in memory")
@NotKept(value = "closing_with_readers_open_ends_them_in_order", because = "There is nothing to close")
class SandboxStoreContractTest extends EventStoreContract {

    @Override
    protected EventStorageEngine open(Path folder) {
        var nothing = new ChangedEvents(List.of(), MessageCatalog.builder().build());
        return new SandboxStore(new AlteredLog(new EmptyLog(), -1, nothing), -1);
    }

    @Override
    protected void close(EventStorageEngine engine) {
        // It ends with whoever has it.
    }

    private static final class EmptyLog implements LogSource {

        @Override
        public Stream<? extends TrackedEventMessage<?>> after(@Nullable TrackingToken token) {
            return Stream.empty();
        }

        @Override
        public Stream<? extends TrackedEventMessage<?>> ofEntity(String entity) {
            return Stream.empty();
        }

        @Override
        public long head() {
            return 0;
        }

        @Override
        public long positionAsOf(Instant moment) {
            return -1;
        }
    }
}
