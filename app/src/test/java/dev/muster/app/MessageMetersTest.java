package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.TestServer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages are counted and timed by their name and how they ended, and nothing grows with their number. */
class MessageMetersTest {

    @TempDir
    Path home;

    @Test
    void messages_are_counted_by_name_and_outcome() {
        try (var server = TestServer.start(home)) {
            var api = server.api();
            api.command("submit-task", "anonymous", Map.of("taskId", "t-1", "title", "One"));
            var second = api.command("submit-task", "anonymous", Map.of("taskId", "t-2", "title", "Two"));
            api.command("submit-task", "anonymous", Map.of("taskId", "t-1", "title", "Once more"));
            api.get("/api/queries/get-task?taskId=t-2&after="
                    + second.body().get("seen").asString());

            var meters = server.bean(MeterRegistry.class);

            assertThat(count(meters, "muster.commands", "name", "SubmitTask", "outcome", "success"))
                    .isEqualTo(2);
            assertThat(count(meters, "muster.commands", "name", "SubmitTask", "outcome", "failure"))
                    .isEqualTo(1);
            assertThat(count(meters, "muster.queries", "name", "GetTask", "outcome", "success"))
                    .isEqualTo(1);
            assertThat(count(meters, "muster.events.appended", "name", "TaskSubmitted", "outcome", "success"))
                    .isEqualTo(2);
            assertThat(count(meters, "muster.events.handled", "processor", "views", "name", "TaskSubmitted"))
                    .isEqualTo(2);
        }
    }

    @Test
    void there_are_no_more_meters_after_many_messages_than_after_a_few() {
        try (var server = TestServer.start(home)) {
            var api = server.api();
            var meters = server.bean(MeterRegistry.class);
            api.command("submit-task", "anonymous", Map.of("title", "One"));
            var few = named(meters);

            for (int number = 0; number < 50; number++) {
                api.command("submit-task", "anonymous", Map.of("title", "Task " + number));
            }

            assertThat(named(meters)).isEqualTo(few);
        }
    }

    private static List<Meter.Id> named(MeterRegistry meters) {
        return meters.getMeters().stream()
                .map(Meter::getId)
                .filter(meter -> meter.getName().startsWith("muster.commands")
                        || meter.getName().startsWith("muster.events.appended"))
                .sorted((one, other) -> one.toString().compareTo(other.toString()))
                .toList();
    }

    private static long count(MeterRegistry meters, String name, String... tags) {
        return meters.find(name).tags(tags).timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }
}
