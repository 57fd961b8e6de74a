package dev.muster.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MultisetHashTest {

    private static byte[] element(Object value) {
        return CanonicalJson.hash("key", value);
    }

    private static MultisetHash of(Iterable<Integer> elements) {
        var hash = new MultisetHash();
        elements.forEach(each -> hash.add(element(each)));
        return hash;
    }

    @Property(tries = 200)
    void the_order_does_not_matter(@ForAll List<Integer> elements, @ForAll long seed) {
        var others = new ArrayList<>(elements);
        Collections.shuffle(others, new Random(seed));
        assertThat(of(others)).isEqualTo(of(elements));
    }

    @Property(tries = 200)
    void what_was_added_and_taken_out_leaves_nothing(@ForAll List<Integer> stay, @ForAll List<Integer> leave) {
        var hash = of(leave);
        stay.forEach(each -> hash.add(element(each)));
        leave.forEach(each -> hash.subtract(element(each)));
        assertThat(hash.hex()).isEqualTo(of(stay).hex());
    }

    @Property(tries = 50)
    void many_at_once_are_as_one_after_the_other(@ForAll List<Integer> few, @ForAll long seed) {
        var many = new Random(seed).ints(300).boxed().toList();
        var hash = of(few);
        hash.change(
                many.stream().map(MultisetHashTest::element).toList(),
                few.stream().map(MultisetHashTest::element).toList());
        assertThat(hash).isEqualTo(of(many));
    }

    @Test
    void how_often_an_element_is_there_counts() {
        assertThat(of(List.of(1, 1))).isNotEqualTo(of(List.of(1))).isNotEqualTo(new MultisetHash());
    }

    @Test
    void it_is_made_again_from_its_state_and_a_copy_goes_its_own_way() {
        var hash = of(List.of(1, 2, 3));
        var again = MultisetHash.of(hash.state());
        assertThat(again).isEqualTo(hash);
        var copy = again.copy();
        copy.add(element(4));
        assertThat(again).isEqualTo(hash);
        assertThatThrownBy(() -> MultisetHash.of(new byte[7])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_expansion_is_as_documented() {
        var hash = new MultisetHash();
        hash.add(new byte[32]);
        // A block of zeros under a key of zeros, as the published vectors of AES-256 have it.
        assertThat(HexFormat.of().formatHex(hash.state()).substring(0, 32))
                .isEqualTo("dc95c078a2408989ad48a21492842087");
    }
}
