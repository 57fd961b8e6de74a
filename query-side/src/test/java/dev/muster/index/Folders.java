package dev.muster.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Copies and deletes folders whole. */
final class Folders {

    private Folders() {}

    static void copy(Path from, Path to) {
        for (var file : in(from).toList()) {
            work(() -> Files.copy(file, to.resolve(from.relativize(file).toString())));
        }
    }

    static void delete(Path folder) {
        if (Files.exists(folder)) {
            for (var file : in(folder).sorted(Comparator.reverseOrder()).toList()) {
                work(() -> {
                    Files.delete(file);
                    return file;
                });
            }
        }
    }

    /** The folder first, each before what is in it. */
    private static Stream<Path> in(Path folder) {
        return work(() -> {
            try (var files = Files.walk(folder)) {
                return List.copyOf(files.toList()).stream();
            }
        });
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private static <T> T work(Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
