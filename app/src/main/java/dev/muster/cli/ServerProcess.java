package dev.muster.cli;

import dev.muster.cli.shared.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** This Muster once more, in a process of its own, on a free port. */
final class ServerProcess implements AutoCloseable {

    /** Of a large store on a machine that has much else to do. */
    private static final Duration START = Duration.ofMinutes(10);

    private static final String LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";

    private final Process process;
    private final String url;
    private final Path home;

    private ServerProcess(Process process, String url, Path home) {
        this.process = process;
        this.url = url;
        this.home = home;
        // Should this process be ended before it closes the server.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    }

    /** Starts it on that folder and waits until it is healthy. */
    static ServerProcess start(Path home, List<String> properties) {
        var server = launch(home, properties);
        server.awaitHealth();
        return server;
    }

    /** Starts it on that folder as this process was started, and doesn't wait. */
    static ServerProcess launch(Path home, List<String> properties) {
        var all = new ArrayList<>(List.of("serve", "--muster.home=" + home));
        all.addAll(properties);
        return launch(command(ownOptions(), all), home);
    }

    /**
     * Starts another server than Muster's by its command, with Java's defaults and a log in that folder, and waits until it
     * answers.
     */
    static ServerProcess other(List<String> arguments, Path folder) {
        var builder = command(List.of(), arguments);
        // The script sets it for Muster.
        builder.environment().remove("MALLOC_ARENA_MAX");
        var server = launch(builder, folder);
        server.awaitHealth();
        return server;
    }

    private static ProcessBuilder command(List<String> options, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(options);
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), isPackaged() ? LAUNCHER : Muster.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /** What this virtual machine was given, so that what is measured is what was started; but no debugger's port or profiler's file. */
    private static List<String> ownOptions() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-agent") && !option.startsWith("-javaagent"))
                .toList();
    }

    private static ServerProcess launch(ProcessBuilder builder, Path folder) {
        var port = freePort();
        builder.command().add("--server.port=" + port);
        try {
            var process = builder.redirectErrorStream(true)
                    .redirectOutput(folder.resolve("server.log").toFile())
                    .start();
            return new ServerProcess(process, "http://127.0.0.1:" + port, folder);
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

    private void awaitHealth() {
        var api = Api.anonymous(url);
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
        throw new NotStarted(home.resolve("server.log"));
    }

    /** A server that did not start, with the last that it said. */
    static final class NotStarted extends IllegalStateException {
        NotStarted(Path log) {
            super("The server did not start: " + last(log));
        }

        private static String last(Path log) {
            try (var lines = Files.lines(log)) {
                return lines.filter(line -> line.startsWith("Caused by: ") || !line.matches("\\s.*|"))
                        .reduce((earlier, later) -> later)
                        .orElse("it said nothing");
            } catch (IOException e) {
                return "its log can't be read";
            }
        }
    }

    String url() {
        return url;
    }

    /** A client with the operator's token of its home. */
    Api api() {
        return Api.of(url, home);
    }

    /** Asks as soon as somebody listens, and again until the answer is there. */
    <T> T untilAnswered(Function<Api, T> question) {
        while (process.isAlive()) {
            try {
                knock();
                return question.apply(api());
            } catch (IOException | UncheckedIOException e) {
                // Nobody listens yet.
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
        }
        throw new IllegalStateException("The server has ended.");
    }

    /** A connection and nothing else: questions by the hundred, asked of nobody, would take the processor from the start that is measured. */
    private void knock() throws IOException {
        var address = URI.create(url);
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), (int)
                    Duration.ofSeconds(5).toMillis());
        }
    }

    /** How much memory it had resident at most so far, in MiB, where the system tells. */
    OptionalDouble peakMemory() {
        var status = Path.of("/proc", String.valueOf(process.pid()), "status");
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
                    .findFirst();
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    /** As a power cut would end it. */
    void kill() {
        process.destroyForcibly().onExit().join();
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
