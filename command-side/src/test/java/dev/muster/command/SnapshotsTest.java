package dev.muster.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.SnapshotTrigger;
import org.axonframework.eventsourcing.Snapshotter;
import org.junit.jupiter.api.Test;

/** When an aggregate is snapshotted. */
class SnapshotsTest {

    private static final Duration LOAD_TIME = Duration.ofMillis(100);

    private final List<String> made = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong(7);
    private final Snapshotter snapshotter = (type, identifier) -> made.add(identifier);
    private final Snapshots snapshots = new Snapshots(snapshotter, 50, LOAD_TIME, nanos::get);
    private final SnapshotTrigger trigger = snapshots.prepareTrigger(Object.class);
    private long sequence;

    private void handle(int events, Duration each) {
        for (int i = 0; i < events; i++) {
            nanos.addAndGet(each.toNanos());
            trigger.eventHandled(new GenericDomainEventMessage<>("thing", "thing/a", sequence++, "x"));
        }
    }

    @Test
    void after_so_many_events_one_is_made_however_fast_they_are_read() {
        handle(49, Duration.ZERO);
        assertThat(made).isEmpty();
        handle(1, Duration.ZERO);
        assertThat(made).containsExactly("thing/a");
        handle(49, Duration.ZERO);
        assertThat(made).hasSize(1);
        handle(1, Duration.ZERO);
        assertThat(made).hasSize(2);
    }

    @Test
    void events_applied_after_loading_count_too() {
        handle(49, Duration.ZERO);
        trigger.initializationFinished();
        handle(1, Duration.ZERO);
        assertThat(made).hasSize(1);
    }

    @Test
    void a_loading_that_takes_too_long_makes_one_and_no_second() {
        handle(20, Duration.ofMillis(5));
        assertThat(made).isEmpty();
        handle(20, Duration.ofMillis(5));
        assertThat(made).containsExactly("thing/a");
    }

    @Test
    void few_events_are_no_reason_for_one_however_long_they_take() {
        handle(Snapshots.FEWEST - 1, Duration.ofSeconds(1));
        trigger.initializationFinished();
        assertThat(made).isEmpty();
    }

    @Test
    void the_time_of_handling_a_command_does_not_count() {
        handle(20, Duration.ofMillis(5));
        trigger.initializationFinished();
        handle(20, Duration.ofSeconds(5));
        assertThat(made).isEmpty();
    }

    @Test
    void a_trigger_goes_on_counting_where_it_is_configured_anew() {
        handle(49, Duration.ZERO);
        assertThat(snapshots.reconfigure(Object.class, trigger)).isSameAs(trigger);
        handle(1, Duration.ZERO);
        assertThat(made).hasSize(1);
    }
}
