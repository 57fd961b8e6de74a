package dev.muster.importer.xes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Made-up logs. */
final class XesFile {

    static final Clock NOW = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);

    private XesFile() {}

    static String log(String... traces) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log xes.version=\"1.0\">\n<global scope=\"event\">\n"
                + "<string key=\"org:resource\" value=\"UNKNOWN\"/>\n</global>\n"
                + String.join("", traces) + "</log>\n";
    }

    static String trace(String name, String... events) {
        return "<trace>\n<string key=\"concept:name\" value=\"" + name + "\"/>\n" + String.join("", events)
                + "</trace>\n";
    }

    /** An event at a minute of a day; without what is empty. */
    static String event(int minute, String activity, String lifecycle, String resource) {
        return "<event>\n"
                + string("concept:name", activity)
                + string("lifecycle:transition", lifecycle)
                + string("org:resource", resource)
                + String.format(
                        "<date key=\"time:timestamp\" value=\"2026-03-01T%02d:%02d:00.000+01:00\"/>%n",
                        1 + minute / 60, minute % 60)
                + "</event>\n";
    }

    static String string(String key, String value) {
        return value.isEmpty() ? "" : "<string key=\"" + key + "\" value=\"" + value + "\"/>\n";
    }

    static Path write(Path folder, String name, String text) throws IOException {
        var file = folder.resolve(name);
        if (name.endsWith(".gz")) {
            try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
            return file;
        }
        return Files.writeString(file, text);
    }

    static XesLog read(Path... files) {
        return XesLog.read(List.of(files), NOW, bytes -> {});
    }
}
