package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.TestServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests are timed by what they ask for, not by whom or what they name. */
class HttpMetersTest {

    @TempDir
    Path home;

    @Test
    void requests_are_timed_by_method_path_and_status() {
        try (var server = TestServer.start(home)) {
            var api = server.api();
            api.command("submit-task", "anonymous", Map.of("title", "One"));
            api.command("submit-task", "anonymous", Map.of("title", "Two"));
            api.command("no-such-command", "anonymous", Map.of());
            api.get("/no/such/path/1");
            api.get("/no/such/path/2");
            var meters = server.bean(MeterRegistry.class);
            assertThat(count(meters, "POST", "/api/commands/{name}", 200)).isEqualTo(2);
            assertThat(count(meters, "POST", "/api/commands/{name}", 404)).isEqualTo(1);
            assertThat(meters.find("http.server.requests").timers().stream()
                            .map(timer -> timer.getId().getTag("uri")))
                    .noneMatch(path -> path.startsWith("/no/such"));
        }
    }

    private static long count(MeterRegistry meters, String method, String path, int status) {
        return meters
                .find("http.server.requests")
                .tags("method", method, "uri", path, "status", Integer.toString(status))
                .timers()
                .stream()
                .mapToLong(Timer::count)
                .sum();
    }
}
