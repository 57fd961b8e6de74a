package dev.muster.cli;

import dev.muster.cli.shared.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** This Muster once more, in a process of its own, on a free port. */
final class ServerProcess implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);
    private static final String LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";

    private final Process process;
    private final String url;

    private ServerProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts it on that folder and waits until it is healthy. */
    static ServerProcess start(Path home, List<String> properties) {
        var port = freePort();
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                isPackaged() ? LAUNCHER : Muster.class.getName(),
                "serve",
                "--server.port=" + port,
                "--muster.home=" + home));
        command.addAll(properties);
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("server.log").toFile())
                    .start();
            var server = new ServerProcess(process, "http://127.0.0.1:" + port);
            server.awaitHealth(home);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("The server can't be started", e);
        }
    }

    private static boolean isPackaged() {
        return ClassLoader.getSystemResource(LAUNCHER.replace('.', '/') + ".class") != null;
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No port is free", e);
        }
    }

    private void awaitHealth(Path home) {
        var api = new Api(url);
        var until = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < until && process.isAlive()) {
            try {
                if (api.get("/actuator/health").isOk()) {
                    return;
                }
            } catch (UncheckedIOException e) {
                // Nobody listens yet.
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        process.destroyForcibly();
        throw new IllegalStateException("The server did not start; " + home.resolve("server.log") + " says why.");
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
