package dev.muster.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What is selected of views in memory is what looking at each of them finds, however they were written before. */
class SelectionPropertyTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private sealed interface Step {}

    private record Put(Item item) implements Step {}

    private record Remove(String key) implements Step {}

    /** What is written from here on is not seen in the stores that were left. */
    private record Fork() implements Step {}

    /** One question in both of its forms. */
    private record Ask(Selection selection, Predicate<Item> fits) implements Step {

        Ask and(Ask other) {
            var conditions = new ArrayList<>(selection.conditions());
            conditions.addAll(other.selection.conditions());
            return new Ask(new Selection(conditions, List.of()), fits.and(other.fits));
        }
    }

    /** So many more keys than are worth an index that it is used nearly always. */
    private static Arbitrary<String> keys() {
        return Arbitraries.integers().between(0, 79).map(number -> "k" + number);
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.of("a", "b", "c", "d");
    }

    private static Arbitrary<Item> items() {
        return Combinators.combine(
                        keys(),
                        texts().injectNull(0.2),
                        Arbitraries.longs().between(0, 3).injectNull(0.2),
                        Arbitraries.of(0, 1, 2).map(NOON::plusSeconds).injectNull(0.2),
                        Arbitraries.of(true, false),
                        texts().set().ofMaxSize(2))
                .as((key, text, number, time, flag, names) -> new Item(key, text, number, time, flag, names, null));
    }

    private static Arbitrary<Ask> conditions() {
        var all = Selection.all();
        return Arbitraries.oneOf(
                texts().map(text -> new Ask(all.where("text", text), item -> text.equals(item.text()))),
                texts().map(text -> new Ask(
                        all.atMost("text", text),
                        item -> item.text() != null && item.text().compareTo(text) <= 0)),
                Arbitraries.longs()
                        .between(0, 3)
                        .map(number -> new Ask(all.where("number", number), item -> number.equals(item.number()))),
                Arbitraries.of(0, 1, 2)
                        .map(NOON::plusSeconds)
                        .map(time -> new Ask(
                                all.atLeast("time", time),
                                item -> item.time() != null && !item.time().isBefore(time))),
                Arbitraries.of(true, false).map(flag -> new Ask(all.where("flag", flag), item -> item.flag() == flag)),
                texts().map(name ->
                        new Ask(all.having("names", name), item -> item.names().contains(name))));
    }

    @Provide
    static Arbitrary<List<Step>> steps() {
        return Arbitraries.frequencyOf(
                        Tuple.of(20, items().map(Put::new)),
                        Tuple.of(4, keys().map(Remove::new)),
                        Tuple.of(1, Arbitraries.create(Fork::new)),
                        Tuple.of(3, conditions()),
                        Tuple.of(
                                3,
                                Combinators.combine(conditions(), conditions()).as(Ask::and)))
                .<Step>map(step -> step)
                .list()
                .ofMinSize(100)
                .ofMaxSize(400);
    }

    @Property(tries = 150)
    void what_is_selected_is_what_looking_at_each_view_finds(@ForAll("steps") List<Step> steps) {
        var stores = new InMemoryViewStores();
        var expected = new TreeMap<String, Item>();
        for (var step : steps) {
            var items = stores.open(Item.DEFINITION);
            if (step instanceof Put put) {
                items.put(put.item());
                expected.put(put.item().id(), put.item());
            } else if (step instanceof Remove remove) {
                items.remove(remove.key());
                expected.remove(remove.key());
            } else if (step instanceof Fork) {
                stores = stores.fork();
                List.copyOf(expected.keySet()).forEach(items::remove);
            } else if (step instanceof Ask ask) {
                compare(items, ask, expected);
            }
        }
    }

    private static void compare(ViewStore<Item> items, Ask ask, Map<String, Item> all) {
        var fitting = all.values().stream()
                .filter(ask.fits())
                .sorted(Comparator.<Item, Long>comparing(Item::number, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(Item::id))
                .toList();
        assertThat(items.all(ask.selection())).as("%s", ask.selection()).isEqualTo(fitting);
        assertThat(items.count(ask.selection())).isEqualTo(fitting.size());
        assertThat(items.find(ask.selection(), 5, null).items())
                .isEqualTo(fitting.subList(0, Math.min(5, fitting.size())));
        assertThat(items.countBy("text", ask.selection()))
                .isEqualTo(fitting.stream()
                        .map(Item::text)
                        .filter(Objects::nonNull)
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting())));
    }
}
