package dev.muster.world;

import dev.muster.history.LogMark;
import dev.muster.history.LogOrigin;
import dev.muster.message.JsonMappers;
import dev.muster.view.InMemoryViewStores;
import dev.muster.view.ViewDefinition;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The views of Worlds at some positions, in files that may be deleted at any time, so that a question about a late moment of a
 * long log does not fold all of it. A file is thrown away where its views were of another form, or of another log. Of the
 * files, those are kept that lie farthest from each other. Thread-safe.
 */
public final class Checkpoints {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final JsonMapper JSON =
            JsonMappers.events(JsonMapper.builder()).build();
    private static final String SUFFIX = ".world.gz";

    private final Path folder;
    private final Domain domain;
    private final LogOrigin log;
    private final String events;
    private final Settings settings;
    private final Executor writer;
    private final TreeMap<Long, Kept> files = new TreeMap<>();
    private final Set<Long> underWay = new HashSet<>();

    /**
     * When they are made.
     *
     * @param everyEvents after how many events
     * @param atMost how many files are kept; 0 for none
     */
    public record Settings(long everyEvents, int atMost) {}

    /** @param views how many there are of all kinds */
    private record Header(String form, LogMark mark, long views) {}

    private record Kept(Path file, long views) {}

    private record Section(String view, int count) {}

    /** The views of a World, and the position at which it stood. */
    record Restored(long position, InMemoryViewStores stores) {}

    /**
     * @param events tells the forms in which events are read from others: with them, views have other contents
     * @param writer has files written, so that who asks a question need not wait for that
     */
    public Checkpoints(Path folder, Domain domain, LogOrigin log, String events, Settings settings, Executor writer) {
        this.folder = folder;
        this.domain = domain;
        this.log = log;
        this.events = events;
        this.settings = settings;
        this.writer = writer;
        findFiles();
    }

    private String form() {
        return domain.views().stream()
                .map(ViewDefinition::form)
                .sorted()
                .collect(Collectors.joining("\n", "", "\n" + events));
    }

    private void findFiles() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var found = Files.list(folder)) {
            for (var file : found.toList()) {
                var header = file.toString().endsWith(SUFFIX) ? header(file) : Optional.<Header>empty();
                if (header.filter(this::isOfUse).isPresent()) {
                    files.put(
                            header.get().mark().position(),
                            new Kept(file, header.get().views()));
                } else {
                    LOG.info(
                            "The checkpoint {} is unfinished, of another log or of other views; it is thrown away",
                            file);
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The checkpoints in " + folder + " can't be looked at", e);
        }
    }

    private Optional<Header> header(Path file) {
        try (var in = reader(file)) {
            return Optional.ofNullable(in.readLine()).map(line -> JSON.readValue(line, Header.class));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    private boolean isOfUse(Header header) {
        return header.form().equals(form()) && log.has(header.mark());
    }

    /** Whether one is to be made of a World that stands there; once there are enough, only where the log went on. */
    synchronized boolean isDueAt(long position) {
        return settings.atMost() > 0
                && position >= 0
                && (position + 1) % settings.everyEvents() == 0
                && !files.containsKey(position)
                && (files.size() < settings.atMost() || position > files.lastKey())
                && !underWay.contains(position);
    }

    /**
     * The last one after the first position and up to the second, if to read it saves anything: a view takes about as long to
     * be read as an event to be folded.
     */
    synchronized Optional<Restored> latest(long after, long upTo) {
        var found = files.floorEntry(upTo);
        while (found != null && found.getKey() - after > found.getValue().views()) {
            var restored = read(found.getKey(), found.getValue().file());
            if (restored.isPresent()) {
                return restored;
            }
            files.remove(found.getKey());
            found = files.floorEntry(upTo);
        }
        return Optional.empty();
    }

    private Optional<Restored> read(long position, Path file) {
        var stores = new InMemoryViewStores();
        try (var in = reader(file)) {
            in.readLine();
            for (var view : domain.views()) {
                read(in, view, stores);
            }
            return Optional.of(new Restored(position, stores));
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            LOG.warn("The checkpoint {} can't be read ({}); what it holds is folded from the log", file, e.toString());
            return Optional.empty();
        }
    }

    private static <V> void read(BufferedReader in, ViewDefinition<V> view, InMemoryViewStores stores)
            throws IOException {
        var section = JSON.readValue(line(in), Section.class);
        if (!section.view().equals(view.name())) {
            throw new IOException("It has the views " + section.view() + " where " + view.name() + " belong");
        }
        var store = stores.open(view);
        for (int i = 0; i < section.count(); i++) {
            store.put(JSON.readValue(line(in), view.type()));
        }
    }

    private static String line(BufferedReader in) throws IOException {
        var line = in.readLine();
        if (line == null) {
            throw new IOException("It ends too early");
        }
        return line;
    }

    private static BufferedReader reader(Path file) throws IOException {
        return new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file), 65_536), StandardCharsets.UTF_8));
    }

    /** Has one made of views that nobody changes any more. If it can't be written that is said, and nothing else happens. */
    synchronized void keep(long position, InMemoryViewStores stores) {
        if (underWay.add(position)) {
            writer.execute(() -> {
                try {
                    write(position, stores);
                } finally {
                    done(position);
                }
            });
        }
    }

    private synchronized void done(long position) {
        underWay.remove(position);
    }

    private void write(long position, InMemoryViewStores stores) {
        var event = log.eventIdAt(position);
        if (event.isEmpty()) {
            return;
        }
        var views = domain.views().stream()
                .mapToLong(view -> stores.views(view).size())
                .sum();
        var file = folder.resolve(position + SUFFIX);
        var unfinished = folder.resolve(position + SUFFIX + ".new");
        try {
            Files.createDirectories(folder);
            try (var out = new BufferedWriter(new OutputStreamWriter(
                    new GZIPOutputStream(Files.newOutputStream(unfinished), 65_536), StandardCharsets.UTF_8))) {
                line(out, new Header(form(), new LogMark(log.identity(), position, event.get()), views));
                for (var view : domain.views()) {
                    var ofOneKind = stores.views(view);
                    line(out, new Section(view.name(), ofOneKind.size()));
                    for (var one : ofOneKind) {
                        line(out, one);
                    }
                }
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            written(position, new Kept(file, views));
        } catch (IOException e) {
            LOG.warn("The checkpoint {} can't be written; it will be made when it is passed again", file, e);
        }
    }

    private synchronized void written(long position, Kept kept) throws IOException {
        files.put(position, kept);
        thinOut();
    }

    private static void line(BufferedWriter out, Object value) throws IOException {
        out.write(JSON.writeValueAsString(value));
        out.newLine();
    }

    /** The one goes without which the gap is smallest; the last stays. */
    private void thinOut() throws IOException {
        while (files.size() > settings.atMost()) {
            var positions = List.copyOf(files.keySet());
            var least = positions.subList(0, positions.size() - 1).stream()
                    .min(Comparator.comparingLong(this::gapWithout))
                    .orElse(positions.get(0));
            Files.deleteIfExists(files.remove(least).file());
        }
    }

    private long gapWithout(long position) {
        var before = files.lowerKey(position);
        var after = files.higherKey(position);
        return (after == null ? position : after) - (before == null ? -1 : before);
    }
}
