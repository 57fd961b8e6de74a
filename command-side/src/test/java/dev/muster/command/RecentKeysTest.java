package dev.muster.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is known of the keys that an aggregate's events bear. */
class RecentKeysTest {

    private static final long ONE = RecentKeys.fingerprint("ada", "one");
    private static final long TWO = RecentKeys.fingerprint("ada", "two");

    private final RecentKeys keys = new RecentKeys(3, 2);

    @Test
    void a_key_is_new_only_where_all_events_are_known() {
        assertThat(keys.isNew("t", 0, ONE)).as("nothing is known").isFalse();
        keys.append("t", -1, 0, TWO);
        assertThat(keys.isNew("t", 0, ONE)).isTrue();
        assertThat(keys.isNew("t", 0, TWO)).isFalse();
        assertThat(keys.isNew("t", 1, ONE)).as("one event more").isFalse();
    }

    @Test
    void events_after_unknown_ones_are_unknown_too() {
        keys.append("t", 4, 5, ONE);
        assertThat(keys.isNew("t", 5, TWO)).isFalse();
        keys.append("t", -1, 0, null);
        keys.append("t", 4, 5, ONE);
        assertThat(keys.isNew("t", 5, TWO)).isFalse();
    }

    @Test
    void what_was_read_is_known() {
        keys.learn("t", 7, List.of(new RecentKeys.Borne(6, ONE)));
        assertThat(keys.isNew("t", 7, ONE)).isFalse();
        assertThat(keys.isNew("t", 7, TWO)).isTrue();
    }

    @Test
    void a_key_is_forgotten_with_the_last_event_that_is_looked_at() {
        keys.append("t", -1, 0, ONE);
        keys.append("t", 0, 2, null);
        assertThat(keys.isNew("t", 2, ONE)).isFalse();
        keys.append("t", 2, 3, null);
        assertThat(keys.isNew("t", 3, ONE)).isTrue();
    }

    @Test
    void of_more_aggregates_than_are_remembered_the_one_longest_unused_is_unknown() {
        keys.append("a", -1, 0, null);
        keys.append("b", -1, 0, null);
        assertThat(keys.isNew("a", 0, ONE)).isTrue();
        keys.append("c", -1, 0, null);
        assertThat(keys.isNew("b", 0, ONE)).isFalse();
        assertThat(keys.isNew("a", 0, ONE)).isTrue();
    }

    @Test
    void the_same_key_of_another_actor_is_another() {
        assertThat(RecentKeys.fingerprint("ada", "k")).isNotEqualTo(RecentKeys.fingerprint("bob", "k"));
    }
}
