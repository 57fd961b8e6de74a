package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import dev.muster.access.OperatorTokenFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lost operator's token is made good by who has the machine, and by nobody else. */
class TokenFileCommandTest {

    @TempDir
    Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int token(String... more) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var arguments = new String[more.length + 2];
        arguments[0] = "token";
        arguments[1] = "--home=" + home;
        System.arraycopy(more, 0, arguments, 2, more.length);
        return Muster.line()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void where_the_file_is_lost_another_token_takes_its_place_and_the_lost_one_is_refused() throws IOException {
        assertThat(token()).isEqualTo(1);
        assertThat(err.toString()).contains("There is no log in");

        String lost;
        try (var server = TestServer.start(home)) {
            lost = OperatorTokenFile.read(home).orElseThrow();
            assertThat(token()).as("it is there").isZero();
            assertThat(out.toString().strip()).isEqualTo(lost);
            assertThat(token("--renew")).isEqualTo(1);
            assertThat(err.toString()).contains("A server runs on", "Stop it");
        }

        Files.delete(OperatorTokenFile.in(home));
        assertThat(token()).as(err.toString()).isZero();
        var made = out.toString().strip();
        assertThat(made).startsWith("muster_").isNotEqualTo(lost);
        assertThat(OperatorTokenFile.read(home)).contains(made);

        try (var server = TestServer.start(home)) {
            HttpApi api = server.api();
            assertThat(api.get("/api/catalog").status()).isEqualTo(200);
            assertThat(api.with(lost).get("/api/catalog").status()).isEqualTo(401);
        }
    }
}
