package dev.muster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Scripts for node with packages of others, installed below {@code target}. Where there is no node, or no network to install
 * them by, the test that wants them is skipped and says so.
 */
public final class NodeScripts {

    private static final int NODE = 20;
    private static final Pattern NO_NETWORK =
            Pattern.compile("ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT");

    private final Path folder;

    private NodeScripts(Path folder) {
        this.folder = folder;
    }

    public record Run(int exit, String output, String errors) {}

    /** Those of a folder, with what their lock file names. */
    public static NodeScripts install(Path sources, Path folder) throws IOException, InterruptedException {
        assumeTrue(nodeVersion() >= NODE, "Skipped: node " + NODE + " or later is not there.");
        Files.createDirectories(folder);
        try (var files = Files.list(sources)) {
            for (var file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        var npm = run(Map.of(), folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
        assumeTrue(
                npm.exit() == 0 || !NO_NETWORK.matcher(npm.errors()).find(),
                () -> "Skipped: the packages can't be installed, since npm reaches no registry: " + npm.errors());
        assertThat(npm.exit()).as(npm.output() + npm.errors()).isZero();
        return new NodeScripts(folder);
    }

    public Run run(String file, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("node", file));
        command.addAll(List.of(arguments));
        return run(environment, folder, command.toArray(String[]::new));
    }

    private static int nodeVersion() throws InterruptedException {
        try {
            var version = run(Map.of(), Path.of("."), "node", "--version").output();
            return Integer.parseInt(version.replaceFirst("(?s)^v(\\d+)\\..*", "$1"));
        } catch (IOException e) {
            return 0;
        }
    }

    private static Run run(Map<String, String> environment, Path folder, String... command)
            throws IOException, InterruptedException {
        var output = Files.createTempFile("muster-node", ".out");
        var errors = Files.createTempFile("muster-node", ".err");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES))
                    .as(String.join(" ", command))
                    .isTrue();
            return new Run(process.exitValue(), Files.readString(output), Files.readString(errors));
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }
}
