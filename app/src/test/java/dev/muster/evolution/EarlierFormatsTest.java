package dev.muster.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.EarlierHome;
import dev.muster.TestServer;
import dev.muster.store.LogVerification;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A home whose log has an earlier format is brought to the present one when it is opened, once, and says so. */
@ExtendWith(OutputCaptureExtension.class)
class EarlierFormatsTest {

    private static final String TOLD = "--logging.level.dev.muster.store=INFO";

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({"first-light, 1", "second-format, 2"})
    void a_home_of_an_earlier_format_opens_once(String name, int format, CapturedOutput log) throws IOException {
        EarlierHome.unpack(name, home);
        var events = EarlierHome.answers(name).get("events").size();
        var brought = "is brought from format " + format;
        try (var server = TestServer.start(home, "--muster.supervision=false", TOLD)) {
            assertThat(log.getOut()).containsOnlyOnce(brought);
            assertThat(server.api().events("&form=stored")).hasSize(events);
        }
        TestServer.start(home, "--muster.supervision=false", TOLD).close();
        assertThat(log.getOut()).containsOnlyOnce(brought);
        try (var check = LogVerification.open(home.resolve("log"))) {
            assertThat(check.run(read -> {}).events()).isEqualTo(events + 1);
        }
    }

    @Test
    void a_home_of_the_second_format_gives_the_answers_that_it_gave() throws IOException {
        EarlierHome.unpack("second-format", home);
        var recorded = EarlierHome.answers("second-format");
        var last = recorded.get("events").size() - 1;
        try (var server = TestServer.start(home, "--muster.supervision=false")) {
            var api = server.api();
            api.await(
                    "/actuator/health",
                    health -> health.at("/components/views/details/position").asLong() >= last);
            recorded.at("/answers/" + last).propertyStream().forEach(answer -> assertThat(
                            api.get("/api/queries/" + answer.getKey()).body())
                    .as(answer.getKey())
                    .isEqualTo(answer.getValue()));
        }
    }
}
