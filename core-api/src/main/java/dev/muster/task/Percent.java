package dev.muster.task;

import dev.muster.message.Check;
import dev.muster.message.InvalidField;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

/** How much of something is done: said in percent, recorded in thousandths, so that no event holds a fraction. */
public final class Percent {

    private static final BigDecimal ALL = BigDecimal.valueOf(100);

    /** Made once, since views keep one for each task. */
    private static final List<BigDecimal> BY_PERMILLE = IntStream.rangeClosed(0, 1_000)
            .mapToObj(permille -> check("permille", BigDecimal.valueOf(permille, 1)))
            .toList();

    private Percent() {}

    /**
     * The same number, without needless zeros behind its point.
     *
     * @throws InvalidField if it is not from 0 to 100, or has more than one decimal
     */
    public static BigDecimal check(String field, BigDecimal percent) {
        if (percent.signum() < 0 || percent.compareTo(ALL) > 0) {
            throw new InvalidField(field, "must be from 0 to 100, but is " + percent);
        }
        var shortest = percent.stripTrailingZeros();
        if (shortest.scale() > 1) {
            throw new InvalidField(field, "must have one decimal at most, but is " + percent);
        }
        return shortest.setScale(Math.max(0, shortest.scale()));
    }

    /** In thousandths: 375 for 37.5 percent. */
    public static int toPermille(BigDecimal percent) {
        return percent.movePointRight(1).intValueExact();
    }

    /** In percent: 37.5 for 375 thousandths, and 40 for 400. */
    public static BigDecimal ofPermille(int permille) {
        return BY_PERMILLE.get((int) Check.range("permille", permille, 0, 1_000));
    }
}
