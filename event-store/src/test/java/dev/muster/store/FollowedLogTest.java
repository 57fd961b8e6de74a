package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DefaultEventBusSpanFactory;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.monitoring.NoOpMessageMonitor;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.tracing.NoOpSpanFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever follows the log gets each event once and in order, from wherever he begins. */
@Timeout(120)
class FollowedLogTest {

    /** More than are kept in memory. */
    private static final int MANY = 5_000;

    @TempDir
    Path folder;

    private RocksEventStorageEngine engine;

    static EventStore store(RocksEventStorageEngine engine) {
        return new RocksEventStore(
                engine,
                NoOpMessageMonitor.instance(),
                DefaultEventBusSpanFactory.builder()
                        .spanFactory(NoOpSpanFactory.INSTANCE)
                        .build());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void append(int from, int to) {
        engine.appendEvents(IntStream.range(from, to)
                .mapToObj(number -> EventStoreContract.event("a", number))
                .toList());
    }

    private BlockingStream<TrackedEventMessage<?>> follow(long after) {
        return store(engine).openStream(after < 0 ? null : new GlobalSequenceTrackingToken(after));
    }

    private static List<Object> rest(BlockingStream<TrackedEventMessage<?>> stream) throws InterruptedException {
        var found = new ArrayList<>();
        while (stream.hasNextAvailable()) {
            found.add(stream.nextAvailable().getPayload());
        }
        return found;
    }

    private static List<Object> events(int from, int to) {
        return IntStream.range(from, to)
                .<Object>mapToObj(number -> "a " + number)
                .toList();
    }

    @Test
    void who_begins_behind_reads_up_to_the_head_and_goes_on_from_there() throws Exception {
        engine = Logs.open(folder);
        append(0, MANY);
        var stream = follow(-1);

        assertThat(rest(stream)).isEqualTo(events(0, MANY));
        append(MANY, MANY + 3);
        assertThat(rest(stream)).isEqualTo(events(MANY, MANY + 3));
        assertThat(rest(stream)).isEmpty();
    }

    @Test
    void who_opens_the_log_again_begins_behind_his_token() throws Exception {
        engine = Logs.open(folder);
        append(0, 20);
        rest(follow(-1));

        assertThat(rest(follow(4))).isEqualTo(events(5, 20));
        assertThat(rest(follow(19))).isEmpty();
    }

    @Test
    void two_who_follow_closely_get_the_same_messages() throws Exception {
        engine = Logs.open(folder);
        append(0, 10);
        var one = follow(9);
        var other = follow(9);
        append(10, 12);

        assertThat(one.nextAvailable()).isSameAs(other.nextAvailable());
        append(12, 14);
        assertThat(rest(one)).isEqualTo(events(11, 14));
        assertThat(rest(other)).isEqualTo(events(11, 14));
    }

    @Test
    void who_falls_far_behind_the_others_misses_nothing() throws Exception {
        engine = Logs.open(folder);
        var slow = follow(-1);
        var quick = follow(-1);
        append(0, 1);
        assertThat(slow.nextAvailable().getPayload()).isEqualTo("a 0");
        for (int number = 1; number < MANY; number += 100) {
            append(number, number + 100);
            rest(quick);
        }

        assertThat(rest(slow)).isEqualTo(events(1, MANY - MANY % 100 + 1));
    }

    @Test
    void events_that_are_appended_while_they_are_read_come_once_each() throws Exception {
        engine = Logs.open(folder);
        var appending = CompletableFuture.runAsync(
                () -> IntStream.range(0, 1_000).forEach(number -> append(number, number + 1)));
        var stream = follow(-1);
        var found = new ArrayList<>();
        while (found.size() < 1_000) {
            found.add(stream.nextAvailable().getPayload());
        }

        appending.get();
        assertThat(found).isEqualTo(events(0, 1_000));
        assertThat(rest(stream)).isEmpty();
    }

    /** Of three events one is left as it is, one becomes two, and nothing is left of the third. */
    @Test
    void what_upcasters_make_of_an_event_stays_together() throws Exception {
        EventUpcaster changes = events ->
                events.flatMap(event -> switch ((int) (event.getSequenceNumber().orElseThrow() % 3)) {
                    case 0 -> Stream.of(event);
                    case 1 -> Stream.of(event, event);
                    default -> Stream.empty();
                });
        engine = RocksEventStorageEngine.builder(folder, EventStoreContract.SERIALIZER, EventStoreContract.SERIALIZER)
                .upcasterChain(changes)
                .build();
        var stream = follow(-1);
        append(0, 3);

        assertThat(rest(stream)).containsExactly("a 0", "a 1", "a 1");
        assertThat(rest(follow(0))).containsExactly("a 1", "a 1");
        assertThat(rest(follow(1))).isEmpty();
        append(3, 6);
        assertThat(rest(stream)).containsExactly("a 3", "a 4", "a 4");
    }

    @Test
    void what_comes_before_an_event_that_cannot_be_read_is_handed_out() throws Exception {
        EventUpcaster refusing = events -> events.peek(event -> {
            if (event.getSequenceNumber().orElseThrow() == 2) {
                throw new IllegalArgumentException("not this one");
            }
        });
        engine = RocksEventStorageEngine.builder(folder, EventStoreContract.SERIALIZER, EventStoreContract.SERIALIZER)
                .upcasterChain(refusing)
                .build();
        var stream = follow(-1);
        append(0, 4);

        assertThat(stream.nextAvailable().getPayload()).isEqualTo("a 0");
        assertThat(stream.nextAvailable().getPayload()).isEqualTo("a 1");
        assertThatThrownBy(stream::peek).hasMessage("not this one");
    }
}
