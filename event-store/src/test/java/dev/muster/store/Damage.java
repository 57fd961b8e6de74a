package dev.muster.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;

/** What disks, and people, do to files. */
enum Damage {
    A_BIT_TURNED {
        @Override
        void doTo(Path file, Random random) throws IOException {
            try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                var at = random.nextLong(channel.size());
                var one = ByteBuffer.allocate(1);
                channel.read(one, at);
                one.put(0, (byte) (one.get(0) ^ (1 << random.nextInt(8)))).rewind();
                channel.write(one, at);
            }
        }
    },
    SECTORS_LOST {
        @Override
        void doTo(Path file, Random random) throws IOException {
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                var at = random.nextLong(channel.size()) / 512 * 512;
                var many = (int) Math.min(4096, channel.size() - at);
                channel.write(ByteBuffer.allocate(many), at);
            }
        }
    },
    CUT_OFF {
        @Override
        void doTo(Path file, Random random) throws IOException {
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(random.nextLong(channel.size()));
            }
        }
    },
    GONE {
        @Override
        void doTo(Path file, Random random) throws IOException {
            Files.delete(file);
        }
    };

    /** Does it to a file that is not empty. */
    abstract void doTo(Path file, Random random) throws IOException;

    /** The files of a store that hold what was stored, or say which do; in the order of their names. */
    static List<Path> files(Path store) throws IOException {
        try (var files = Files.list(store)) {
            return files.filter(file ->
                            file.getFileName().toString().matches(".*\\.(sst|log)|MANIFEST-.*|CURRENT|acknowledged"))
                    .filter(file -> file.toFile().length() > 0)
                    .sorted()
                    .toList();
        }
    }

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
