package dev.muster.world;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/**
 * One step of a {@link RandomLife}: what is done, and to which of a few entities, by their numbers.
 *
 * @param other another task, which the one is to wait for
 * @param choice decides whatever else there is to choose
 */
record Move(Kind kind, int agent, int task, int other, int choice) {

    private static final int AGENTS = 4;
    private static final int TASKS = 12;
    private static final int CHOICES = 60;

    /** What is done, and how often in comparison. */
    enum Kind {
        REGISTER(3),
        SUBMIT(4),
        CLAIM(2),
        CLAIM_NEXT(3),
        COMPLETE(3),
        FAIL(1),
        PROGRESS(1),
        RELEASE(1),
        BLOCK(1),
        REOPEN(1),
        CANCEL(1),
        LABEL(1),
        RETIRE(1),
        PLAN(1),
        START(2);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    private static final List<Kind> KINDS = Stream.of(Kind.values())
            .flatMap(kind -> Stream.generate(() -> kind).limit(kind.weight))
            .toList();

    static Move next(Random random) {
        return new Move(
                KINDS.get(random.nextInt(KINDS.size())),
                random.nextInt(AGENTS),
                random.nextInt(TASKS),
                random.nextInt(TASKS),
                random.nextInt(CHOICES));
    }

    /** Up to so many, which shrink. Evenly spread, or else hardly anything would come of them. */
    static Arbitrary<List<Move>> upTo(int most) {
        return Combinators.combine(
                        below(KINDS.size()).map(KINDS::get), below(AGENTS), below(TASKS), below(TASKS), below(CHOICES))
                .as(Move::new)
                .list()
                .ofMaxSize(most)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    private static Arbitrary<Integer> below(int bound) {
        return Arbitraries.integers()
                .between(0, bound - 1)
                .withDistribution(RandomDistribution.uniform())
                .withoutEdgeCases();
    }
}
