package dev.muster.store;

import static dev.muster.store.EventStoreContract.all;
import static dev.muster.store.EventStoreContract.areGapless;
import static dev.muster.store.EventStoreContract.event;
import static dev.muster.store.EventStoreContract.payloads;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;

/** What is promised when many append at once, and when others read meanwhile. */
public interface ConcurrencyPromises extends StoreUnderTest {

    @Test
    default void many_threads_leave_no_gap_and_no_double() throws Exception {
        inThreads(64, number -> {
            for (int i = 0; i < 25; i++) {
                engine().appendEvents(event("own" + number, 2 * i), event("own" + number, 2 * i + 1));
            }
        });
        var events = all(engine(), null);
        areGapless(events, 64 * 50);
        Map<String, Long> sequences = new HashMap<>();
        for (EventMessage<?> event : events) {
            var domain = (DomainEventMessage<?>) event;
            assertThat(domain.getSequenceNumber())
                    .isEqualTo(sequences.getOrDefault(domain.getAggregateIdentifier(), -1L) + 1);
            sequences.put(domain.getAggregateIdentifier(), domain.getSequenceNumber());
        }
    }

    @Test
    default void of_many_who_append_the_same_one_wins() throws Exception {
        var won = new AtomicInteger();
        inThreads(32, number -> {
            for (int i = 0; i < 20; i++) {
                try {
                    engine().appendEvents(event("hot", i));
                    won.incrementAndGet();
                } catch (ConcurrencyException | EventStoreException e) {
                    // Another one was first.
                }
            }
        });
        assertThat(won.get()).isEqualTo(20);
        assertThat(payloads(engine(), "hot", 0)).hasSize(20);
        assertThat(engine().lastSequenceNumberFor("hot")).contains(19L);
    }

    @Test
    default void appends_to_two_aggregates_that_meet_in_one_are_whole_or_not_there() throws Exception {
        var won = new AtomicInteger();
        inThreads(16, number -> {
            for (int i = 0; i < 20; i++) {
                var last = engine().lastSequenceNumberFor("shared").orElse(-1L);
                var name = number + "-" + i;
                try {
                    engine().appendEvents(event("own" + name, 0, name), event("shared", last + 1, name));
                    won.incrementAndGet();
                } catch (ConcurrencyException | EventStoreException e) {
                    // Another one was first.
                }
            }
        });
        var appends = all(engine(), null).stream()
                .collect(Collectors.groupingBy(EventMessage::getPayload, Collectors.counting()));
        assertThat(appends).hasSize(won.get());
        assertThat(appends.values()).containsOnly(2L);
    }

    @Test
    default void a_reader_that_follows_many_writers_sees_every_event_once_and_in_order() throws Exception {
        var threads = Executors.newFixedThreadPool(64);
        try {
            var writers = start(threads::submit, 64, number -> {
                for (int i = 0; i < 20; i++) {
                    engine().appendEvents(event("a" + number, i), event("b" + number, i));
                }
            });
            var seen = new ArrayList<TrackedEventMessage<?>>();
            TrackingToken token = null;
            for (var goesOn = true; goesOn; ) {
                var written = writers.stream().allMatch(Future::isDone);
                var next = all(engine(), token);
                seen.addAll(next);
                token = next.isEmpty() ? token : next.get(next.size() - 1).trackingToken();
                goesOn = !written || !next.isEmpty();
            }
            join(writers);
            areGapless(seen, 64 * 40);
            assertThat(seen.stream().map(EventMessage::getIdentifier))
                    .containsExactlyElementsOf(all(engine(), null).stream()
                            .map(EventMessage::getIdentifier)
                            .toList());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void a_reader_beside_writers_sees_an_append_whole_or_not_at_all() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        try {
            var writers = start(threads::submit, 8, number -> {
                for (int i = 0; i < 50; i++) {
                    var name = number + "-" + i;
                    engine().appendEvents(
                                    event("a" + number, i, name),
                                    event("b" + number, i, name),
                                    event("c" + number, i, name));
                }
            });
            TrackingToken token = null;
            for (var goesOn = true; goesOn; ) {
                goesOn = !writers.stream().allMatch(Future::isDone);
                var next = all(engine(), token);
                token = next.isEmpty() ? token : next.get(next.size() - 1).trackingToken();
                assertThat(next.stream()
                                .collect(Collectors.groupingBy(EventMessage::getPayload, Collectors.counting()))
                                .values())
                        .allSatisfy(many -> assertThat(many).isEqualTo(3));
            }
            join(writers);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void a_reader_never_sees_a_later_event_before_an_earlier_one() {
        engine().appendEvents(event("before", 0));
        var seen = new ArrayList<>(all(engine(), null));
        appendAround(
                () -> {
                    engine().appendEvents(event("meanwhile", 0));
                    seen.addAll(all(engine(), seen.get(seen.size() - 1).trackingToken()));
                },
                List.of(event("around", 0)));
        seen.addAll(all(engine(), seen.get(seen.size() - 1).trackingToken()));
        assertThat(seen.stream().map(EventMessage::getIdentifier))
                .hasSize(3)
                .containsExactlyElementsOf(all(engine(), null).stream()
                        .map(EventMessage::getIdentifier)
                        .toList());
    }

    private static void inThreads(int many, IntConsumer work) throws Exception {
        var threads = Executors.newFixedThreadPool(many);
        try {
            join(start(threads::submit, many, work));
        } finally {
            threads.shutdownNow();
        }
    }

    /** Something that starts work. */
    interface Starter {
        Future<Void> start(Callable<Void> work);
    }

    private static List<Future<Void>> start(Starter threads, int many, IntConsumer work) {
        return IntStream.range(0, many)
                .mapToObj(number -> threads.start(() -> {
                    work.accept(number);
                    return null;
                }))
                .toList();
    }

    private static void join(List<Future<Void>> works) throws InterruptedException, ExecutionException {
        for (var work : works) {
            work.get();
        }
    }
}
