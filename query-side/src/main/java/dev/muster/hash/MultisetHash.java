package dev.muster.hash;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A hash of a multiset, to which an element can be added and from which it can be taken, in any order: LtHash16, 1,024 sums
 * modulo 2<sup>16</sup> (Lewi, Kim, Maykov, Weis: Securing Update Propagation with Homomorphic Hashing, 2019, after Bellare and
 * Micciancio's AdHash and LtHash, 1997). An element comes as its SHA-256, which is expanded to 2,048 bytes by AES-256 in counter
 * mode, with the hash as the key and a counter from zero. How strong that is: {@code docs/digest.md}. Not thread-safe.
 */
public final class MultisetHash {

    /** How many bytes its state has. */
    public static final int BYTES = 2_048;

    private static final int LANES = BYTES / 2;

    /** For fewer elements other threads are not woken. */
    private static final int WORTH_IT = 64;

    private static final byte[] ZEROS = new byte[BYTES];
    private static final IvParameterSpec FROM_ZERO = new IvParameterSpec(new byte[16]);
    private static final ThreadLocal<Expansion> EXPANSION = ThreadLocal.withInitial(Expansion::new);

    private final short[] lanes;

    /** Of nothing. */
    public MultisetHash() {
        this(new short[LANES]);
    }

    private MultisetHash(short[] lanes) {
        this.lanes = lanes;
    }

    /** @param state what {@link #state} gave */
    public static MultisetHash of(byte[] state) {
        if (state.length != BYTES) {
            throw new IllegalArgumentException("The state has " + BYTES + " bytes, but these are " + state.length);
        }
        var lanes = new short[LANES];
        for (int i = 0; i < LANES; i++) {
            lanes[i] = lane(state, i);
        }
        return new MultisetHash(lanes);
    }

    /** Another one of the same multiset, which goes its own way. */
    public MultisetHash copy() {
        return new MultisetHash(lanes.clone());
    }

    /** @param element the SHA-256 of what is added */
    public void add(byte[] element) {
        var expanded = EXPANSION.get().of(element);
        for (int i = 0; i < LANES; i++) {
            lanes[i] += expanded[i];
        }
    }

    /** @param element the SHA-256 of what was added before */
    public void subtract(byte[] element) {
        var expanded = EXPANSION.get().of(element);
        for (int i = 0; i < LANES; i++) {
            lanes[i] -= expanded[i];
        }
    }

    /**
     * Adds and subtracts many, with the help of other threads where these are worth it. Sums have no order, so the result is the
     * same.
     */
    public void change(List<byte[]> added, List<byte[]> removed) {
        var plus = sum(added);
        var minus = sum(removed);
        for (int i = 0; i < LANES; i++) {
            lanes[i] += plus.lanes[i] - minus.lanes[i];
        }
    }

    private static MultisetHash sum(List<byte[]> elements) {
        var stream = elements.size() < WORTH_IT ? elements.stream() : elements.parallelStream();
        return stream.collect(MultisetHash::new, MultisetHash::add, MultisetHash::join);
    }

    private void join(MultisetHash other) {
        for (int i = 0; i < LANES; i++) {
            lanes[i] += other.lanes[i];
        }
    }

    private static short lane(byte[] bytes, int i) {
        return (short) (bytes[2 * i] & 0xff | bytes[2 * i + 1] << 8);
    }

    /** All that it is, in {@link #BYTES}: the sums, low byte first. */
    public byte[] state() {
        var state = new byte[BYTES];
        for (int i = 0; i < LANES; i++) {
            state[2 * i] = (byte) lanes[i];
            state[2 * i + 1] = (byte) (lanes[i] >> 8);
        }
        return state;
    }

    /** As it is shown and compared: SHA-256 of the state, in 64 hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(Sha256.of(state()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MultisetHash hash && Arrays.equals(lanes, hash.lanes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(lanes);
    }

    @Override
    public String toString() {
        return hex();
    }

    /** One for each thread, since a cipher is costly to make. */
    private static final class Expansion {

        private final byte[] expanded = new byte[BYTES];
        private final short[] lanes = new short[LANES];
        private final Cipher cipher;

        Expansion() {
            try {
                cipher = Cipher.getInstance("AES/CTR/NoPadding");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("This Java platform has no AES in counter mode", e);
            }
        }

        /** As the lanes have it: only from an array of their type is the sum of all made by few instructions. */
        short[] of(byte[] element) {
            if (element.length != Sha256.BYTES) {
                throw new IllegalArgumentException("An element is a SHA-256, but has " + element.length + " bytes");
            }
            try {
                cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(element, "AES"), FROM_ZERO);
                cipher.doFinal(ZEROS, 0, BYTES, expanded, 0);
                ByteBuffer.wrap(expanded)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asShortBuffer()
                        .get(lanes);
                return lanes;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("AES in counter mode failed", e);
            }
        }
    }
}
