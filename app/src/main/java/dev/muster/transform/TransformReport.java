package dev.muster.transform;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a copy did, and what was checked of it.
 *
 * @param with the class of the transformation; empty if there was none
 */
public record TransformReport(Path from, Path to, String with, LogCopy.Copied copied, Verification.Verified verified) {

    /** For machines. */
    public Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("from", from.toString());
        map.put("to", to.toString());
        map.put("with", with);
        map.put("read", copied.read());
        map.put("written", copied.written());
        map.put("unchanged", copied.unchanged());
        map.put("rewritten", copied.rewritten());
        map.put("made", copied.made());
        map.put("dropped", copied.dropped());
        map.put("sha256", copied.digest());
        map.put("eventsRead", verified.events());
        map.put("entitiesLoaded", verified.entities());
        map.put("foldedTo", verified.position());
        return map;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                """
                Copied %s to %s%s.
                  read       %,12d events of the old log
                  written    %,12d events of the new one: %,d unchanged, %,d rewritten, %,d made
                  dropped    %,12d events of the old log are not in the new one
                Checked in the new home:
                  stored     %,12d events, read again as they are stored: what was written, SHA-256 %s;
                                          sequence numbers without a gap in each entity
                  read       %,12d events came through the upcasters, and each was deserialized
                  loaded     %,12d entities from their events, each up to its last one
                  folded     %,12d is the position up to which the views and sagas were folded
                """,
                from,
                to,
                with.isEmpty() ? "" : " with " + with,
                copied.read(),
                copied.written(),
                copied.unchanged(),
                copied.rewritten(),
                copied.made(),
                copied.dropped(),
                copied.written(),
                copied.digest(),
                verified.events(),
                verified.entities(),
                verified.position());
    }
}
