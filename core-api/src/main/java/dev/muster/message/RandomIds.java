package dev.muster.message;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.UUID;
import org.axonframework.common.IdentifierFactory;

/**
 * Makes identifiers of messages and requests: random UUIDs that are as unlikely to meet as those of {@link UUID#randomUUID}, but
 * can be guessed by who has seen others, so they are for names and not for secrets. The system's source of random bytes takes
 * a microsecond for each and has one lock for all threads; here each thread asks it once, for where to begin. Axon takes this class for all
 * messages, by {@link java.util.ServiceLoader}. Thread-safe.
 */
public final class RandomIds extends IdentifierFactory {

    private static final ThreadLocal<Halves> HALVES = ThreadLocal.withInitial(() -> Halves.from(new SecureRandom()));

    /**
     * Two sequences that begin independently of each other. For two threads to make the same identifiers, both would have to
     * begin at the same distance: 128 random bits stand against it, as many as two identifiers have.
     */
    private record Halves(SplittableRandom high, SplittableRandom low) {

        static Halves from(SecureRandom random) {
            return new Halves(new SplittableRandom(random.nextLong()), new SplittableRandom(random.nextLong()));
        }
    }

    /** The next one. */
    public static String next() {
        var halves = HALVES.get();
        // Version 4 and variant 2, as RFC 9562 has them.
        var high = halves.high().nextLong() & 0xffffffff_ffff0fffL | 0x4000L;
        var low = halves.low().nextLong() & 0x3fffffff_ffffffffL | 0x80000000_00000000L;
        return new UUID(high, low).toString();
    }

    @Override
    public String generateIdentifier() {
        return next();
    }
}
