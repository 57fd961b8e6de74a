package dev.muster.store;

import java.nio.file.Path;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;

/** Proves the contract by an engine that is known to keep only some of it: Axon's own in memory. */
@NotKept(value = "a_conflict_is_told_as_one_also_where_two_create_the_same", because = "It looks at no sequence number")
@NotKept(value = "a_sequence_number_is_given_once", because = "It looks at no sequence number")
@NotKept(value = "a_sequence_number_is_not_left_out", because = "It looks at no sequence number")
@NotKept(value = "of_many_who_append_the_same_one_wins", because = "It looks at no sequence number")
@NotKept(
        value = "appends_to_two_aggregates_that_meet_in_one_are_whole_or_not_there",
        because = "No append is refused, so that none is left out; but readers beside it may see half of one",
        inARace = true)
@NotKept(
        value = "what_is_appended_together_is_there_whole_or_not_at_all",
        because = "It refuses no append, so that each is there whole, also those in conflict")
@NotKept(
        value = "a_refused_append_leaves_no_gap_in_the_positions",
        because = "It refuses no append, so that none can show it")
@NotKept(
        value = "a_reader_beside_writers_sees_an_append_whole_or_not_at_all",
        because = "It puts one event after another where readers see them",
        inARace = true)
@NotKept(value = "a_log_that_is_opened_again_has_all_that_it_had", because = "It ends with its process")
@NotKept(value = "positions_go_on_where_they_ended_when_it_is_opened_again", because = "It ends with its process")
@NotKept(value = "closing_with_readers_open_ends_them_in_order", because = "It can't be closed")
class AxonInMemoryEngineTest extends EventStoreContract {

    @Override
    protected EventStorageEngine open(Path folder) {
        return new InMemoryEventStorageEngine();
    }

    @Override
    protected void close(EventStorageEngine engine) {
        // It can't be closed.
    }
}
