package dev.muster.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.TestServer;
import dev.muster.history.LogOrigin;
import dev.muster.history.LogSource;
import dev.muster.task.TaskIndex;
import dev.muster.task.TaskIndexCheckpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.SimpleEventBus;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index of tasks begins with its checkpoint where that is one of this log, and with the log where it is not. */
class TaskIndexFeedTest {

    @TempDir
    Path home;

    /** From which positions on the log was read. */
    private final List<Long> readFrom = new ArrayList<>();

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void a_start_reads_only_what_is_not_in_the_checkpoint() {
        var log = new Log(100);
        startAndStop(log);
        startAndStop(log.ofSize(105));
        assertThat(readFrom).as("at each start, and once more at each stop").containsExactly(0L, 100L, 100L, 105L);
    }

    @Test
    void after_a_kill_only_what_came_since_the_log_was_at_rest_is_read() {
        var log = new Log(100);
        var killed = started(log);
        killed.look();
        killed.look();

        readFrom.clear();
        startAndStop(log.ofSize(103));

        assertThat(readFrom).containsExactly(100L, 103L);
    }

    @Test
    void or_since_a_minute_of_a_log_that_always_grows() {
        var log = new Log(100);
        var killed = started(log);
        nanos.addAndGet(CheckpointPace.LONGEST.toNanos());
        killed.look();

        readFrom.clear();
        startAndStop(log.ofSize(103));

        assertThat(readFrom).containsExactly(100L, 103L);
    }

    @Test
    void a_checkpoint_of_another_log_is_of_no_use() {
        startAndStop(new Log(100));
        startAndStop(new Log(100));
        assertThat(readFrom.stream().filter(from -> from == 0)).hasSize(2);
    }

    @Test
    void nor_is_one_that_stands_past_the_end_of_its_log() {
        var log = new Log(100);
        startAndStop(log);
        startAndStop(log.ofSize(50));
        assertThat(readFrom.stream().filter(from -> from == 0)).hasSize(2);
    }

    @Test
    void nor_is_a_file_that_is_damaged() throws IOException {
        var log = new Log(100);
        startAndStop(log);
        Files.writeString(file(), "not what was written");
        startAndStop(log);
        assertThat(readFrom.stream().filter(from -> from == 0)).hasSize(2);
    }

    @Test
    void nor_is_one_of_which_one_bit_has_turned_wherever_it_is() throws IOException {
        var log = new Log(100);
        startAndStop(log);
        var written = Files.readAllBytes(file());
        assertThat(new TaskIndexFile(file(), log).read()).isPresent();
        for (int place = 0; place < written.length; place++) {
            var turned = written.clone();
            turned[place] ^= 4;
            Files.write(file(), turned);
            assertThat(new TaskIndexFile(file(), log).read())
                    .as("byte %d of %d", place, written.length)
                    .isEmpty();
        }
    }

    @Test
    void nor_is_one_that_ends_too_soon() throws IOException {
        var log = new Log(100);
        startAndStop(log);
        var written = Files.readAllBytes(file());
        for (int length = 0; length < written.length; length++) {
            Files.write(file(), Arrays.copyOf(written, length));
            assertThat(new TaskIndexFile(file(), log).read())
                    .as("%d bytes of %d", length, written.length)
                    .isEmpty();
        }
    }

    @Test
    void nor_is_one_of_an_earlier_form() throws IOException {
        var log = new Log(100);
        startAndStop(log);
        var revision = "\"revision\":" + TaskIndexCheckpoint.REVISION;
        var text = Files.readString(file(), ISO_8859_1);
        assertThat(text).contains(revision);
        Files.write(file(), summed(text.replace(revision, "\"revision\":1").getBytes(ISO_8859_1)));
        startAndStop(log);
        assertThat(readFrom.stream().filter(from -> from == 0)).hasSize(2);
        assertThat(Files.readString(file(), ISO_8859_1))
                .as("in its place there is one of this form")
                .contains(revision);
    }

    /** With the checksum that it should have, so that nothing but its form is wrong. */
    private static byte[] summed(byte[] file) {
        var end = file.length - Long.BYTES;
        var sum = new CRC32C();
        sum.update(file, 0, end);
        ByteBuffer.wrap(file).putLong(end, sum.getValue());
        return file;
    }

    @Test
    void what_earlier_versions_kept_is_not_left_behind() throws IOException {
        var earlier = Files.writeString(home.resolve("tasks.json.gz"), "lines");
        startAndStop(new Log(100));
        assertThat(file()).exists();
        assertThat(earlier).doesNotExist();
    }

    @Test
    void what_is_blocked_ready_and_claimed_is_known_after_a_restart() {
        try (var server = TestServer.start(home)) {
            server.api().command("register-agent", "ada", Map.of());
            server.api().command("submit-task", "anonymous", Map.of("taskId", "a", "title", "A", "priority", 1));
            server.api().command("submit-task", "anonymous", Map.of("taskId", "b", "title", "B", "priority", 2));
        }
        assertThat(home.resolve("index/tasks")).exists();
        try (var server = TestServer.start(home)) {
            var claimed = server.api().command("claim-next-task", "ada", Map.of(), "Idempotency-Key", "k");
            assertThat(claimed.body().get("id").asString()).isEqualTo("a");
        }
        try (var server = TestServer.start(home)) {
            var again = server.api().command("claim-next-task", "ada", Map.of(), "Idempotency-Key", "k");
            assertThat(again.body().get("id").asString()).isEqualTo("a");
            var next = server.api().command("claim-next-task", "ada", Map.of());
            assertThat(next.body().get("id").asString()).isEqualTo("b");
        }
    }

    private Path file() {
        return home.resolve("tasks");
    }

    private void startAndStop(Log log) {
        var feed = started(log);
        feed.stop();
    }

    private TaskIndexFeed started(Log log) {
        var bus = SimpleEventBus.builder().build();
        var feed = new TaskIndexFeed(
                new TaskIndex(task -> DomainEventStream.empty()),
                log,
                log,
                new TaskIndexFile(file(), log),
                bus,
                nanos::get);
        feed.restore();
        feed.start();
        return feed;
    }

    /** A log of events that the index does not care for. */
    private final class Log implements LogOrigin, LogSource {

        private final UUID identity;
        private final int size;

        Log(int size) {
            this(UUID.randomUUID(), size);
        }

        private Log(UUID identity, int size) {
            this.identity = identity;
            this.size = size;
        }

        Log ofSize(int size) {
            return new Log(identity, size);
        }

        @Override
        public UUID identity() {
            return identity;
        }

        @Override
        public long head() {
            return size;
        }

        @Override
        public Optional<String> eventIdAt(long position) {
            return position < size ? Optional.of("event-" + position) : Optional.empty();
        }

        @Override
        public Instant lastTime() {
            return Instant.EPOCH;
        }

        @Override
        public Stream<? extends TrackedEventMessage<?>> ofEntity(String entity) {
            throw new UnsupportedOperationException("The index is told everything.");
        }

        @Override
        public long positionAsOf(Instant moment) {
            throw new UnsupportedOperationException("The index knows no moments.");
        }

        @Override
        public Stream<? extends TrackedEventMessage<?>> after(@Nullable TrackingToken token) {
            var from = token == null ? 0 : (int) token.position().orElseThrow() + 1;
            readFrom.add((long) from);
            return IntStream.range(from, size)
                    .mapToObj(position -> new GenericTrackedDomainEventMessage<>(
                            new GlobalSequenceTrackingToken(position),
                            new GenericDomainEventMessage<>("item", "item/" + position, 0, "something")));
        }
    }
}
