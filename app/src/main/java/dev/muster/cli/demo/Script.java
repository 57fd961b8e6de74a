package dev.muster.cli.demo;

import dev.muster.cli.demo.Move.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What becomes of each attempt: what is to go wrong is fixed; how often it is reported, and what it costs, is the seed's. */
final class Script {

    private static final int TOKENS_AT_LEAST = 900;
    private static final int TOKENS_SPREAD = 1_200;

    /** So that three steps of the campaign stay within its budget, and the fourth goes over it. */
    private static final int TOKENS_OVER_BUDGET = 16_000;

    private final Random random;

    Script(Random random) {
        this.random = random;
    }

    List<Move> attempt(String task, int attempt) {
        var moves = new ArrayList<Move>();
        var tokens = 0L;
        var reports = 1 + random.nextInt(2);
        for (int report = 1; report <= reports; report++) {
            tokens += task.equals(Plans.OVER_BUDGET) ? TOKENS_OVER_BUDGET : cost();
            moves.add(new Move(Kind.REPORT, 100 * report / (reports + 1), "on the way", tokens));
        }
        if (task.equals(Plans.ASKS)) {
            moves.add(new Move(Kind.ASK, 0, "Which name shall the product bear?", tokens));
        }
        moves.add(last(task, attempt, tokens + cost()));
        return moves;
    }

    private Move last(String task, int attempt, long tokens) {
        if (task.equals(Plans.DIES) && attempt == 1) {
            return new Move(Kind.DIE, 0, "", tokens);
        }
        if (task.equals(Plans.FAILS_TWICE) && attempt < 3) {
            return new Move(Kind.FAIL, 0, attempt == 1 ? "the build timed out" : "two tests are red", tokens);
        }
        return new Move(Kind.COMPLETE, 100, "", tokens);
    }

    private long cost() {
        return TOKENS_AT_LEAST + random.nextInt(TOKENS_SPREAD);
    }
}
