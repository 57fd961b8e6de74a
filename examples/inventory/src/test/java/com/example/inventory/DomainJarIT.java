package com.example.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The inventory as a jar in the folder of domains of Muster's executable. */
class DomainJarIT extends InventoryContract {

    private static final Path MUSTER = Path.of(System.getProperty("muster.jar"));
    private static final Path INVENTORY = Path.of(System.getProperty("inventory.jar"));

    @Override
    Server start(Path home) throws IOException {
        var domain = Files.createDirectories(home.resolve("domain"));
        if (!Files.exists(domain.resolve("inventory.jar"))) {
            Files.copy(INVENTORY, domain.resolve("inventory.jar"));
        }
        var port = freePort();
        var process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        MUSTER.toString(),
                        "--server.port=" + port,
                        "--muster.home=" + home)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("server.log").toFile()))
                .start();
        var server = new Child(process, "http://127.0.0.1:" + port, home);
        server.await("/actuator/health", health -> true);
        return server;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static final class Child extends Server {

        private final Process process;
        private final String url;

        Child(Process process, String url, Path home) {
            super(home);
            this.process = process;
            this.url = url;
        }

        @Override
        String url() {
            return url;
        }

        @Override
        public void close() {
            process.destroy();
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void the_jar_has_the_classes_of_the_domain_alone() throws IOException {
        try (var jar = new JarFile(INVENTORY.toFile())) {
            assertThat(jar.stream().map(entry -> entry.getName()).filter(name -> name.endsWith(".class")))
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith("com/example/inventory/"));
        }
    }

    @AfterAll
    static void close() {
        end();
    }
}
