package dev.muster.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The script {@code muster}, run from some folder with an environment. */
final class Script {

    private final Path file;
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    Script(Path file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    /** What it said, and how it ended. */
    record Said(int code, String text) {
        List<String> lines() {
            return List.of(text.split("\n", -1));
        }
    }

    Script with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** With a Java that is this script; the version is what its file says, if it has one. */
    Script java(String text, @Nullable String version) throws IOException {
        var home = folder.resolve("java");
        var java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, text);
        if (!java.toFile().setExecutable(true)) {
            throw new IOException(java + " can't be made executable");
        }
        if (version != null) {
            Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Me\"\nJAVA_VERSION=\"" + version + "\"\n");
        }
        return with("JAVA_HOME", home.toString());
    }

    Said run(String... arguments) throws IOException, InterruptedException {
        return run(file, arguments);
    }

    /** By another name of it. */
    Said run(Path link, String... arguments) throws IOException, InterruptedException {
        var process = start(link, arguments);
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    Process start(Path link, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("/bin/sh", link.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeAll(List.of("MUSTER_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        return builder.start();
    }
}
