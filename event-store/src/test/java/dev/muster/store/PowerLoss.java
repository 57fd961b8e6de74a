package dev.muster.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What is left of a folder when the power goes: of a file what was synced, and of what was written after that anything; of the
 * folder the names that were in it when it was synced. What was synced is written down by {@code synced.c}, which is loaded
 * before the process that writes.
 */
final class PowerLoss {

    private static final int PAGE = 4096;

    private final Path library;
    private final Path folder;
    private final Path journal;
    private final Path kept;

    private PowerLoss(Path library, Path folder, Path scratch) throws IOException {
        this.library = library;
        this.folder = Files.createDirectories(folder).toRealPath();
        this.journal = scratch.resolve("journal");
        this.kept = Files.createDirectories(scratch.resolve("kept"));
    }

    /** Whether there is a compiler for what this needs. */
    static boolean canBe() {
        try {
            return new ProcessBuilder("cc", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes the library. */
    static Path compile(Path scratch) throws Exception {
        var source = scratch.resolve("synced.c");
        var library = scratch.resolve("synced.so");
        try (var in = PowerLoss.class.getResourceAsStream("synced.c")) {
            Files.copy(in, source);
        }
        var compiler = new ProcessBuilder(
                        "cc", "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString(), "-ldl")
                .inheritIO()
                .start();
        if (compiler.waitFor() != 0) {
            throw new IllegalStateException("synced.c can't be compiled");
        }
        return library;
    }

    /** Begins with what is in the folder now, all of which counts as synced. */
    static PowerLoss begin(Path library, Path folder, Path scratch) throws IOException {
        var begun = new PowerLoss(library, folder, scratch);
        var names = new StringBuilder("D");
        for (var file : files(begun.folder)) {
            names.append(' ').append(file.getFileName()).append(' ').append(inode(file));
            begun.note("S " + inode(file) + " " + Files.size(file) + "\n");
            if (Files.size(file) <= 64) {
                Files.copy(file, begun.kept.resolve(inode(file) + ".synced"));
            }
        }
        if (names.length() > 1) {
            begun.note(names.append('\n').toString());
        }
        return begun;
    }

    private void note(String line) throws IOException {
        Files.writeString(journal, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /**
     * For the environment of the process that writes.
     *
     * @param lie the end of the names of files whose syncs are promised and not done; none if empty
     */
    Map<String, String> environment(String lie) {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "SYNCED_FOLDER", folder.toString(),
                "SYNCED_JOURNAL", journal.toString(),
                "SYNCED_KEPT", kept.toString(),
                "SYNCED_LIE", lie);
    }

    /** Puts what is left into another folder. To be called when the process that wrote has ended. */
    void leave(Path target, Random random) throws IOException {
        Files.createDirectories(target);
        var lengths = new HashMap<String, Long>();
        String[] names = {"D"};
        for (var line : Files.readAllLines(journal)) {
            var words = line.split(" ");
            if (words[0].equals("S")) {
                lengths.merge(words[1], Long.valueOf(words[2]), Math::max);
            } else {
                names = words;
            }
        }
        var current = new HashMap<String, Path>();
        for (var file : files(folder)) {
            current.put(inode(file), file);
        }
        for (int i = 1; i < names.length; i += 2) {
            var inode = names[i + 1];
            var file = current.getOrDefault(inode, kept.resolve(inode));
            var synced = lengths.getOrDefault(inode, 0L);
            var content = kept.resolve(inode + ".synced");
            var small = Files.exists(content) && Files.size(content) == synced && random.nextBoolean();
            leave(small ? content : file, target.resolve(names[i]), synced, random);
        }
    }

    private static void leave(Path from, Path to, long synced, Random random) throws IOException {
        Files.copy(from, to);
        try (var channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
            var length = channel.size();
            if (length <= synced) {
                return;
            }
            var left = random.nextBoolean() ? synced : synced + random.nextLong(length - synced + 1);
            channel.truncate(left);
            for (var page = (synced / PAGE + 1) * PAGE; page < left; page += PAGE) {
                if (random.nextBoolean()) {
                    channel.write(ByteBuffer.allocate((int) Math.min(PAGE, left - page)), page);
                }
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static String inode(Path file) {
        try {
            return Files.getAttribute(file, "unix:ino").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
