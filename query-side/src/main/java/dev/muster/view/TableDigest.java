package dev.muster.view;

import dev.muster.hash.MultisetHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The digest of the views in one table, as their one writer changes it: what is committed, and what the unit of work at hand
 * makes of it. However often a view is changed in a unit of work, it is hashed once, when the digest is wanted.
 */
final class TableDigest {

    /** Stands for the hash of what is not there. */
    static final byte[] ABSENT = {};

    private final Supplier<MultisetHash> stored;
    private @Nullable MultisetHash committed;
    private @Nullable MultisetHash pending;
    /** The hashes of the views that are in what is pending, of those that the unit of work at hand has changed. */
    private final Map<String, byte[]> counted = new HashMap<>();
    /** Hashes that are to be added to what is pending, and to be taken from it, all at once. */
    private final List<byte[]> added = new ArrayList<>();

    private final List<byte[]> removed = new ArrayList<>();

    /** The keys under which nothing is committed, of those that the unit of work at hand has changed. */
    private final Set<String> addedKeys = new HashSet<>();

    /** @param stored reads what is committed */
    TableDigest(Supplier<MultisetHash> stored) {
        this.stored = stored;
    }

    /** What it is with all that was counted. */
    synchronized MultisetHash now() {
        if (pending != null) {
            pending.change(added, removed);
            added.clear();
            removed.clear();
            return pending;
        }
        if (committed == null) {
            committed = stored.get();
        }
        return committed;
    }

    synchronized boolean hasCounted(String key) {
        return counted.containsKey(key);
    }

    /** The hash that was counted last for that key. */
    synchronized byte[] counted(String key) {
        return counted.getOrDefault(key, ABSENT);
    }

    /** Counts a view in place of the one before: of the unit of work, or else as it is committed. */
    synchronized void count(String key, byte[] before, byte[] after) {
        if (pending == null) {
            pending = now().copy();
        }
        var known = counted.put(key, after);
        if (known == null && before.length == 0) {
            addedKeys.add(key);
        }
        var out = known == null ? before : known;
        if (out.length > 0) {
            removed.add(out);
        }
        if (after.length > 0) {
            added.add(after);
        }
    }

    /** Whether it is known that nothing is committed under that key, which the unit of work at hand has changed. */
    synchronized boolean isAdded(String key) {
        return addedKeys.contains(key);
    }

    synchronized boolean isChanged() {
        return pending != null;
    }

    synchronized void committed() {
        committed = now();
        pending = null;
        counted.clear();
        addedKeys.clear();
    }

    /** What is committed is read again. */
    synchronized void forget() {
        committed = null;
        pending = null;
        counted.clear();
        addedKeys.clear();
        added.clear();
        removed.clear();
    }
}
