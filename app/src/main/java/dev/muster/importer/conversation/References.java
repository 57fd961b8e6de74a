package dev.muster.importer.conversation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * To which earlier turn a turn refers, by what the turns themselves say. It never looks ahead. Not thread-safe.
 *
 * <p>The rules stand in {@code docs/import-who-and-when.md}, in the order in which they are tried here.
 */
final class References {

    private static final Pattern OF_OUTPUT =
            Pattern.compile("(?i)\\b(output|outputs|executed|execution|exitcode|search results?|error|errors)\\b");

    /** Short texts in quotation marks, and addresses. */
    private static final Pattern QUOTED =
            Pattern.compile("'([^'\\n]{4,80})'|\"([^\"\\n]{4,80})\"|(https?://[^\\s)\"'>\\]]{8,})");

    /** What comes after it is data or code, in which quotation marks mean something else. */
    private static final Pattern DATA = Pattern.compile("\\{|```");

    private final List<Turn> turns = new ArrayList<>();

    /** The texts of the turns in lower case. */
    private final List<String> texts = new ArrayList<>();

    /** Who gets an answer by the turn of that index. */
    private final Map<Integer, String> answered = new HashMap<>();

    /** The turn to which the next one refers; none for the first. */
    OptionalInt of(Turn turn) {
        if (turns.isEmpty()) {
            return OptionalInt.empty();
        }
        var before = turns.size() - 1;
        if (turn.isOutput() || turn.missesCode()) {
            return OptionalInt.of(before);
        }
        var quoted = quoted(turn);
        if (quoted.isPresent()) {
            return quoted;
        }
        var own = last(each -> each.speaker().equals(turn.speaker())).orElse(-1);
        var handed = last(each -> each.index() > own && isFor(each, turn.speaker()));
        if (handed.isPresent()) {
            return handed;
        }
        if (own == before) {
            return OptionalInt.of(own);
        }
        var output = OF_OUTPUT.matcher(turn.text()).find()
                ? last(each -> each.index() > own && each.isOutput())
                : OptionalInt.empty();
        if (output.isPresent()) {
            return output;
        }
        var named = last(each -> !each.speaker().equals(turn.speaker()) && turn.names(each.speaker()));
        return named.isPresent() ? named : OptionalInt.of(Math.max(own, 0));
    }

    /** Takes note of a turn, and of who gets an answer by it. */
    void add(Turn turn, OptionalInt answers) {
        answers.ifPresent(index -> answered.put(turn.index(), turns.get(index).speaker()));
        turns.add(turn);
        texts.add(turn.text().toLowerCase(Locale.ROOT));
    }

    /** The last turn of another agent in which something stands that this one quotes. */
    private OptionalInt quoted(Turn turn) {
        var quotes = QUOTED.matcher(DATA.split(turn.text(), 2)[0])
                .results()
                .map(found -> Stream.of(1, 2, 3)
                        .map(found::group)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow()
                        .toLowerCase(Locale.ROOT))
                .toList();
        return last(each -> !each.isHuman()
                && !each.speaker().equals(turn.speaker())
                && quotes.stream().anyMatch(texts.get(each.index())::contains));
    }

    private boolean isFor(Turn turn, String agent) {
        return !turn.speaker().equals(agent)
                && (agent.equals(turn.addressee()) || agent.equals(answered.get(turn.index())) || turn.names(agent));
    }

    private OptionalInt last(Predicate<Turn> wanted) {
        for (int i = turns.size() - 1; i >= 0; i--) {
            if (wanted.test(turns.get(i))) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }
}
