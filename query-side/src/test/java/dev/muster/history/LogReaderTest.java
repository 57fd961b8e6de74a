package dev.muster.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.message.InvalidField;
import dev.muster.message.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The log is read in pages, whichever way the events of a page are found. */
class LogReaderTest {

    /** Of the four stored events the second was split in three and the last in two. */
    private static final InMemoryLog LOG = new InMemoryLog()
            .event("e0", "item/a", "c0", null)
            .event("e1", "item/a", "c1", null)
            .part("e1~2")
            .part("e1~3")
            .event("e2", "item/a", "c2", null)
            .event("e3", "item/a", "c3", null)
            .part("e3~2");

    static Stream<EventFilter> filtersThatAllEventsFit() {
        return Stream.of(
                EventFilter.ALL,
                new EventFilter("item/a", null, null, null),
                new EventFilter(null, null, "ada", null),
                new EventFilter("item/a", "Happened", null, null));
    }

    @ParameterizedTest
    @MethodSource("filtersThatAllEventsFit")
    void a_page_never_ends_between_the_parts_of_an_event(EventFilter filter) {
        assertThat(pages(filter, 1))
                .containsExactly(List.of("e0"), List.of("e1", "e1~2", "e1~3"), List.of("e2"), List.of("e3", "e3~2"));
        assertThat(pages(filter, 2)).containsExactly(List.of("e0", "e1", "e1~2", "e1~3"), List.of("e2", "e3", "e3~2"));
        assertThat(pages(filter, 4)).containsExactly(List.of("e0", "e1", "e1~2", "e1~3"), List.of("e2", "e3", "e3~2"));
        assertThat(pages(filter, 5)).containsExactly(List.of("e0", "e1", "e1~2", "e1~3", "e2"), List.of("e3", "e3~2"));
        assertThat(pages(filter, 6)).hasSize(1);
    }

    private static List<List<String>> pages(EventFilter filter, int limit) {
        var reader = LOG.reader();
        return Stream.iterate(
                        reader.read(filter, -1, limit),
                        page -> !page.items().isEmpty(),
                        page -> page.next() == null
                                ? new Page<HistoryEvent>(List.of(), null)
                                : reader.read(filter, Long.parseLong(page.next()), limit))
                .map(page -> page.items().stream().map(HistoryEvent::id).toList())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("filtersThatAllEventsFit")
    void to_a_reader_the_log_ends_with_all_parts_of_the_last_event_that_it_sees(EventFilter filter) {
        var reader = LOG.reader().upTo(() -> 1);

        assertThat(reader.read(filter, -1, 10).items())
                .extracting(HistoryEvent::id)
                .containsExactly("e0", "e1", "e1~2", "e1~3");
    }

    @ParameterizedTest
    @MethodSource("filtersThatAllEventsFit")
    void slices_one_after_the_other_are_the_whole_log(EventFilter filter) {
        for (int most = 1; most <= 7; most++) {
            var read = new ArrayList<String>();
            var after = -1L;
            for (var slice = LOG.reader().slice(filter, -1, most);
                    slice.reached() > after;
                    slice = LOG.reader().slice(filter, after, most)) {
                slice.events().forEach(event -> read.add(event.id()));
                after = slice.reached();
            }
            assertThat(read).containsExactly("e0", "e1", "e1~2", "e1~3", "e2", "e3", "e3~2");
        }
    }

    @Test
    void a_slice_goes_past_what_does_not_fit() {
        var slice = LOG.reader().slice(new EventFilter(null, Set.of("A", "B"), Set.of(), null, null), -1, 1);

        assertThat(slice.events()).isEmpty();
        assertThat(slice.reached()).isEqualTo(LOG.head() - 1);
    }

    @ParameterizedTest
    @MethodSource("filtersThatAllEventsFit")
    void what_is_to_be_left_out_is(EventFilter filter) {
        var without = filter.without(Set.of("Happened"));

        assertThat(LOG.reader().read(without, -1, 10).items()).isEmpty();
        assertThat(LOG.reader().slice(without, -1, 10).events()).isEmpty();
    }

    @Test
    void an_event_or_a_part_of_it_is_found_by_where_it_stands() {
        assertThat(LOG.reader().at(0, 1).orElseThrow().id()).isEqualTo("e0");
        assertThat(LOG.reader().at(1, 3).orElseThrow().id()).isEqualTo("e1~3");
        assertThat(LOG.reader().at(0, 2)).isEmpty();
        assertThat(LOG.reader().at(900, 1)).isEmpty();
    }

    @Test
    void a_point_in_the_log_is_written_and_read_again() {
        for (var point : List.of(LogPoint.BEGINNING, new LogPoint(1200, 0), new LogPoint(1200, 2))) {
            assertThat(LogPoint.parse("after", point.toString())).isEqualTo(point);
        }
        assertThat(new LogPoint(1200, 2)).hasToString("1200.2");
        assertThat(LogPoint.parse("after", "-7")).isEqualTo(LogPoint.BEGINNING);
        for (var other : List.of("", "x", "1.", "1.x", ".1")) {
            assertThatThrownBy(() -> LogPoint.parse("after", other))
                    .isInstanceOf(InvalidField.class)
                    .hasMessageContaining("after must be a position of the log");
        }
    }
}
