package dev.muster;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/** A home that an earlier version has left, and what that version answered; see the README beside them. */
public final class EarlierHome {

    private static final Path HOMES = Path.of("src/test/resources/homes");
    private static final int BLOCK = 512;

    private EarlierHome() {}

    /** A copy of the home in that folder. */
    public static Path unpack(String name, Path into) throws IOException {
        try (var tar = new DataInputStream(
                new GZIPInputStream(Files.newInputStream(HOMES.resolve(name + ".tar.gz")), 65_536))) {
            var header = new byte[BLOCK];
            for (tar.readFully(header); header[0] != 0; tar.readFully(header)) {
                var size = Integer.parseInt(text(header, 124, 11).trim(), 8);
                var content = tar.readNBytes(size);
                tar.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
                // Anything else than a file says something about the next one that is of no matter here.
                if (header[156] == '0') {
                    var file = into.resolve(text(header, 0, 100));
                    Files.createDirectories(file.getParent());
                    Files.write(file, content);
                }
            }
        }
        return into;
    }

    private static String text(byte[] header, int from, int length) {
        var text = new String(header, from, length, StandardCharsets.US_ASCII);
        var end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** What its version answered. */
    public static JsonNode answers(String name) throws IOException {
        return HttpApi.JSON.readTree(Files.readString(HOMES.resolve(name + "-answers.json")));
    }
}
