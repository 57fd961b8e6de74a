package dev.muster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Muster in a process of its own, which can be killed. */
public final class ChildServer implements AutoCloseable {

    private final Process process;
    private final HttpApi api;

    private ChildServer(Process process, HttpApi api) {
        this.process = process;
        this.api = api;
    }

    public static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ChildServer start(Path home, int port, String... properties) throws IOException {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.muster.cli.Muster",
                "serve",
                "--server.port=" + port,
                "--muster.home=" + home));
        command.addAll(List.of(properties));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("server.log").toFile()))
                .start();
        var api = HttpApi.of("http://127.0.0.1:" + port, home);
        awaitHealth(process, api);
        return new ChildServer(process, api);
    }

    /** Waits until that process, which is ended otherwise, is a server that answers there. */
    public static void awaitHealth(Process process, HttpApi api) {
        var until = System.nanoTime() + 90_000_000_000L;
        while (process.isAlive() && System.nanoTime() < until) {
            try {
                if (api.get("/actuator/health").status() == 200) {
                    return;
                }
            } catch (UncheckedIOException e) {
                // Nobody listens yet.
            }
            LockSupport.parkNanos(100_000_000);
        }
        process.destroyForcibly();
        throw new AssertionError("The server did not start");
    }

    public HttpApi api() {
        return api;
    }

    /** As kill -9 does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
