package dev.muster.whatif;

import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import java.time.Duration;
import java.util.Map;

/** Ends what takes too long. Not thread-safe. */
final class Limits {

    /** After how many rounds of things that follow from each other it is taken that they never end. */
    private static final int MAX_STEPS = 100_000;

    private final Duration atMost;
    private final long until;
    private int steps;

    Limits(Duration atMost) {
        this.atMost = atMost;
        this.until = System.nanoTime() + atMost.toNanos();
    }

    /** @throws Refusal if the time is over */
    void check() {
        if (System.nanoTime() > until) {
            throw new Refusal(new Problem(
                    "what-if-too-long",
                    "The question takes too long",
                    422,
                    "What would have been could not be found out within " + atMost
                            + ". Ask about an earlier moment or fewer commands, or raise muster.what-if.time-limit.",
                    Map.of("timeLimit", atMost.toString())));
        }
    }

    /** @throws Refusal if the time is over, or there were too many steps */
    void step() {
        check();
        if (++steps > MAX_STEPS) {
            throw new Refusal(new Problem(
                    "what-if-endless",
                    "What follows does not end",
                    422,
                    "More than " + MAX_STEPS
                            + " things followed from each other. Ask about fewer commands, or a shorter" + " time."));
        }
    }
}
