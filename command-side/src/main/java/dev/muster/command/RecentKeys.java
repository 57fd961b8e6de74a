package dev.muster.command;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which idempotency keys an aggregate's last events bear, so that a new key is known to be new without reading them. It is
 * known up to a version, and what the events up to a version bear never changes: nothing in here can be stale, only
 * incomplete. A key is kept as a fingerprint of 64 bits; where one is found, the event says whether it is that key. Of the
 * aggregates kept, the one longest unused goes first. Thread-safe.
 */
final class RecentKeys {

    private final int window;
    private final Map<String, Keys> kept;

    /** A key on the event of that version. */
    record Borne(long version, long fingerprint) {}

    /** The keys of an aggregate's events up to a version, the earliest first. */
    private static final class Keys {
        private final ArrayDeque<Borne> borne = new ArrayDeque<>(4);
        private long version = -1;
    }

    /**
     * @param window of how many of an aggregate's last events the keys are kept
     * @param size of how many aggregates
     */
    RecentKeys(int window, int size) {
        this.window = window;
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Keys> eldest) {
                return size() > size;
            }
        };
    }

    /** FNV-1a over the actor and the key. */
    static long fingerprint(String actor, String key) {
        var hash = 0xcbf29ce484222325L;
        for (var text : new String[] {actor, "\n", key}) {
            for (int i = 0; i < text.length(); i++) {
                hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
            }
        }
        return hash;
    }

    /** Whether all of an aggregate's last events up to that version are known, and none bears a key of that fingerprint. */
    synchronized boolean isNew(String entity, long version, long fingerprint) {
        var keys = kept.get(entity);
        if (keys == null || keys.version != version) {
            return false;
        }
        for (var each : keys.borne) {
            if (each.fingerprint() == fingerprint) {
                return false;
            }
        }
        return true;
    }

    /** Learns what all of an aggregate's last events up to that version bear. */
    synchronized void learn(String entity, long version, Collection<Borne> borne) {
        var keys = new Keys();
        keys.version = version;
        keys.borne.addAll(borne);
        kept.put(entity, keys);
    }

    /**
     * Learns of an aggregate's next events. Where those before are not known, these remain unknown too.
     *
     * @param before the version before them; -1 if they are the first
     * @param version of the last of them, which bears the key
     * @param fingerprint of the key, if there is one
     */
    synchronized void append(String entity, long before, long version, @Nullable Long fingerprint) {
        var keys = before < 0 ? kept.computeIfAbsent(entity, none -> new Keys()) : kept.get(entity);
        if (keys == null || keys.version != before) {
            return;
        }
        keys.version = version;
        if (fingerprint != null) {
            keys.borne.add(new Borne(version, fingerprint));
        }
        while (!keys.borne.isEmpty() && keys.borne.peek().version() <= version - window) {
            keys.borne.remove();
        }
    }
}
