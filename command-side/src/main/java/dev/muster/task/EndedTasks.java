package dev.muster.task;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which tasks have ended, by 127 bits of the SHA-256 of each one's name in the log, so that nobody can choose two names that meet
 * here. A task takes 21 to 43 bytes. The table is in parts, so that it grows by small steps and no array is large. Not thread-safe.
 */
final class EndedTasks {

    private static final int PARTS = 256;

    /** How many bytes a task has in {@link #parts()}. */
    private static final int BYTES = 2 * Long.BYTES;

    private final Part[] parts = new Part[PARTS];
    private final MessageDigest digest = sha256();

    EndedTasks() {
        for (int part = 0; part < PARTS; part++) {
            parts[part] = new Part();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    boolean contains(String stored) {
        var hash = ByteBuffer.wrap(digest.digest(stored.getBytes(StandardCharsets.UTF_8)));
        var high = hash.getLong();
        return of(high).contains(high, present(hash.getLong()));
    }

    void add(String stored) {
        var hash = ByteBuffer.wrap(digest.digest(stored.getBytes(StandardCharsets.UTF_8)));
        var high = hash.getLong();
        of(high).add(high, present(hash.getLong()));
    }

    /** A free place has a zero there. */
    private static long present(long low) {
        return low | 1;
    }

    private Part of(long high) {
        return parts[(int) (high >>> 56)];
    }

    /** What is to be kept of it. */
    List<byte[]> parts() {
        var kept = new ArrayList<byte[]>(PARTS);
        for (var part : parts) {
            kept.add(part.bytes());
        }
        return kept;
    }

    /** @param kept the {@link #parts()} of another, or some of them */
    void addAll(List<byte[]> kept) {
        for (var part : kept) {
            // At once: a start reads hundreds of thousands of them, by code that nothing has optimized yet.
            var hashes = new long[part.length / Long.BYTES];
            ByteBuffer.wrap(part).asLongBuffer().get(hashes);
            for (int i = 0; i < hashes.length; i += 2) {
                of(hashes[i]).add(hashes[i], hashes[i + 1]);
            }
        }
    }

    /** A hash table of pairs of numbers, the two of a pair side by side. */
    private static final class Part {

        private long[] pairs = new long[8];
        private int count;

        boolean contains(long high, long low) {
            return pairs[place(high, low) + 1] != 0;
        }

        void add(long high, long low) {
            if (8 * (count + 1) > 3 * pairs.length) {
                grow();
            }
            var place = place(high, low);
            if (pairs[place + 1] == 0) {
                pairs[place] = high;
                pairs[place + 1] = low;
                count++;
            }
        }

        /** Where that pair is, or the free place where it belongs. */
        private int place(long high, long low) {
            var place = 2 * (int) high & pairs.length - 1;
            while (pairs[place + 1] != 0 && (pairs[place] != high || pairs[place + 1] != low)) {
                place = place + 2 & pairs.length - 1;
            }
            return place;
        }

        private void grow() {
            var before = pairs;
            pairs = new long[2 * before.length];
            for (int i = 0; i < before.length; i += 2) {
                if (before[i + 1] != 0) {
                    var place = place(before[i], before[i + 1]);
                    pairs[place] = before[i];
                    pairs[place + 1] = before[i + 1];
                }
            }
        }

        byte[] bytes() {
            var bytes = ByteBuffer.allocate(BYTES * count);
            for (int i = 0; i < pairs.length; i += 2) {
                if (pairs[i + 1] != 0) {
                    bytes.putLong(pairs[i]).putLong(pairs[i + 1]);
                }
            }
            return bytes.array();
        }
    }
}
