package dev.muster.importer.xes;

import dev.muster.mission.MissionId;
import java.util.Arrays;

/**
 * Gives each case an identifier that no other case has: its name, and where that is taken a number as well. It keeps 64
 * bits of each identifier and takes 11 to 32 bytes for each case; two of them being alike by chance does no harm but a number.
 */
final class CaseIds {

    private long[] seen = new long[1_024];
    private int size;

    /** @param ordinal which case it is, of all files; no two have the same */
    String next(String name, long ordinal) {
        var id = Names.mission(name);
        for (var attempt = 0; !add(hash(id)); attempt++) {
            var suffix = "~" + ordinal + "~".repeat(attempt);
            var room = MissionId.MAX_LENGTH - suffix.length();
            var base = Names.mission(name);
            id = (base.length() <= room ? base : base.substring(0, room)) + suffix;
        }
        return id;
    }

    /** FNV-1a, spread; never 0, which marks what is free. */
    private static long hash(String id) {
        var hash = 0xcbf29ce484222325L;
        for (var i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        hash ^= hash >>> 32;
        return hash == 0 ? 1 : hash;
    }

    private boolean add(long hash) {
        if (4L * (size + 1) > 3L * seen.length) {
            var old = seen;
            seen = new long[2 * old.length];
            Arrays.stream(old).filter(each -> each != 0).forEach(each -> seen[place(each)] = each);
        }
        var place = place(hash);
        if (seen[place] == hash) {
            return false;
        }
        seen[place] = hash;
        size++;
        return true;
    }

    private int place(long hash) {
        var place = (int) (hash & (seen.length - 1));
        while (seen[place] != 0 && seen[place] != hash) {
            place = (place + 1) & (seen.length - 1);
        }
        return place;
    }
}
