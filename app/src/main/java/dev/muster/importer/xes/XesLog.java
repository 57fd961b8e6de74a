package dev.muster.importer.xes;

import dev.muster.importer.CommandSink;
import dev.muster.importer.ImportException;
import dev.muster.importer.ImportReport;
import dev.muster.importer.Recording;
import dev.muster.mission.MissionCommand;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A log in XES, read and put into the order of time; of one time in the order of the files. In memory it takes what the
 * sort may ({@value #SORT_BYTES} bytes, or an eighth of the heap if that is less), at most 32 bytes for each case, and one case at a time; while
 * it is replayed, the plans of the cases that are under way. The rest is in temporary files.
 */
public final class XesLog implements Recording {

    /** How much of a log is sorted in memory at most, in bytes. */
    public static final long SORT_BYTES = 64L << 20;

    private final ExternalSort sort;
    private final Instant now;
    private final ImportReport report = new ImportReport();
    private final CaseIds ids = new CaseIds();
    private long cases;
    private long order;
    private long size;
    private long future;
    private @Nullable XesEvent firstOfFuture;

    private XesLog(long sortBytes, Instant now) {
        this.sort = new ExternalSort(sortBytes);
        this.now = now;
    }

    /**
     * Reads logs, as parts of one.
     *
     * @param progress is told how many bytes of all files are read
     * @throws ImportException if a file can't be read or is no XES, or an event lies in the future
     */
    public static XesLog read(List<Path> files, Clock clock, LongConsumer progress) {
        var bytes = Math.min(SORT_BYTES, Runtime.getRuntime().maxMemory() / 8);
        return read(files, clock, bytes, progress);
    }

    static XesLog read(List<Path> files, Clock clock, long sortBytes, LongConsumer progress) {
        var log = new XesLog(sortBytes, clock.instant());
        try {
            var before = 0L;
            for (var file : files) {
                var start = before;
                XesReader.read(file, log.new Traces(), bytes -> progress.accept(start + bytes));
                before += file.toFile().length();
            }
            log.refuseTheFuture();
            return log;
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    private void refuseTheFuture() {
        if (firstOfFuture != null) {
            throw new ImportException(future + " events lie in the future, one of them at " + firstOfFuture.at() + " ("
                    + firstOfFuture.source() + "). Correct the file. Nothing was imported.");
        }
    }

    /** An event that can be placed in time, and where it stands in the files. */
    private record Ordered(XesEvent event, Instant at, long order) {

        static final Comparator<Ordered> BY_TIME =
                Comparator.comparing(Ordered::at).thenComparingLong(Ordered::order);
    }

    private final class Traces implements XesReader.Traces {

        @Override
        public void trace(XesTrace trace) {
            cases++;
            size += trace.events().size() + trace.more();
            var ordered = new ArrayList<Ordered>();
            for (var event : trace.events()) {
                if (isComplete(event)) {
                    ordered.add(new Ordered(event, Objects.requireNonNull(event.at()), order++));
                }
            }
            ordered.sort(Ordered.BY_TIME);
            var planner = new CasePlanner(ordered.stream().map(Ordered::event).toList());
            if (planner.hasTooManySteps() || trace.more() > 0) {
                refuse(ordered, trace);
            } else if (!ordered.isEmpty()) {
                keep(trace, ordered, planner);
            }
        }

        @Override
        public void stray(String source) {
            size++;
            report.refused("an event outside of any case", source);
        }
    }

    private boolean isComplete(XesEvent event) {
        if (event.at() == null) {
            report.refused("an event without a time that can be read", event.source());
            return false;
        }
        if (event.activity() == null) {
            report.refused("an event without an activity", event.source());
            return false;
        }
        if (event.at().isAfter(now)) {
            future++;
            firstOfFuture = firstOfFuture == null ? event : firstOfFuture;
        }
        return true;
    }

    private void refuse(List<Ordered> events, XesTrace trace) {
        var why = "an event of a case with more than " + MissionCommand.MAX_STEPS + " steps";
        events.forEach(each -> report.refused(why, each.event().source()));
        for (var i = 0L; i < trace.more(); i++) {
            report.refused(why, trace.source());
        }
    }

    private void keep(XesTrace trace, List<Ordered> events, CasePlanner planner) {
        var first = events.get(0);
        var name = trace.name() == null ? "case-" + cases : trace.name();
        add(
                first,
                false,
                new CasePlan(
                        cases,
                        ids.next(name, cases),
                        name,
                        first.event().resource(),
                        planner.steps(),
                        events.size(),
                        first.event().source()));
        var givenUpFrom = planner.givenUpFrom();
        for (var i = 0; i < events.size(); i++) {
            var placed = planner.placed().get(i);
            add(
                    events.get(i),
                    true,
                    new CaseEvent(
                            cases,
                            placed.step(),
                            placed.event().lifecycle(),
                            placed.event().resource(),
                            placed.left(),
                            i >= givenUpFrom,
                            placed.event().source()));
        }
    }

    /** A plan comes right before the first event of its case. */
    private void add(Ordered at, boolean event, Entry entry) {
        sort.add(new Timed(at.at(), 2 * at.order() + (event ? 1 : 0), entry.toBytes()));
    }

    /** How many events there are, also those that can't be applied. */
    @Override
    public long size() {
        return size;
    }

    @Override
    public ImportReport replay(CommandSink sink, LongConsumer progress) {
        var replay = new XesImport(sink, report);
        sort.drain(each -> {
            replay.apply(each.at(), Entry.of(each.content()));
            progress.accept(report.rows());
        });
        return report;
    }

    @Override
    public void close() {
        sort.close();
    }
}
