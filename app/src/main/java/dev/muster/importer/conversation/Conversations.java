package dev.muster.importer.conversation;

import dev.muster.agent.AgentId;
import dev.muster.importer.CommandSink;
import dev.muster.importer.ImportReport;
import dev.muster.importer.Recording;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.function.LongConsumer;

/** Recorded conversations, replayed one after another. They have no times, so that each turn takes a second. */
public final class Conversations implements Recording {

    /** When the first turn was, for want of a time. */
    public static final Instant BEGINNING = Instant.parse("2025-01-01T00:00:00Z");

    private final List<Conversation> all;

    private Conversations(List<Conversation> all) {
        this.all = all;
    }

    /**
     * Reads conversations, from files and from folders of files.
     *
     * @throws dev.muster.importer.ImportException if a file can't be read, or is no conversation
     */
    public static Conversations read(List<Path> filesAndFolders) {
        return new Conversations(ConversationReader.read(filesAndFolders));
    }

    @Override
    public long size() {
        return all.stream().mapToLong(each -> each.turns().size()).sum();
    }

    @Override
    public ImportReport replay(CommandSink sink, LongConsumer progress) {
        var report = new ImportReport();
        var agents = new HashSet<AgentId>();
        var at = BEGINNING;
        for (var conversation : all) {
            var replay = new ConversationImport(conversation, at, sink, report, agents);
            replay.ask();
            for (var turn : conversation.turns()) {
                replay.apply(turn, at);
                at = at.plusSeconds(1);
                progress.accept(report.rows());
            }
            replay.end(at);
            at = at.plusSeconds(1);
        }
        return report;
    }

    @Override
    public void close() {
        // It is all in memory.
    }
}
