package dev.muster.view;

import dev.muster.message.Page;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Views of one kind, each under its key.
 *
 * <p>Within a unit of work that handles events, what is written is buffered: later reads of the same unit of work see it,
 * nobody else does before the unit of work is committed, and what a failed event wrote is not kept. Outside of one, only
 * what was committed is seen. Both implementations give the same answers in the same order.
 */
public interface ViewStore<V> {

    ViewDefinition<V> definition();

    /** The view under that key. */
    Optional<V> get(String key);

    /**
     * Some of the views that fit, in the selection's order.
     *
     * @param limit how many at most, from 1
     * @param cursor the {@link Page#next} of the page before; none for the first
     * @throws dev.muster.message.InvalidField if the cursor is not one of this selection's order
     */
    Page<V> find(Selection selection, int limit, @Nullable String cursor);

    /** All views that fit, in the selection's order. For folds and for what is known to be few. */
    List<V> all(Selection selection);

    /** How many views fit. */
    long count(Selection selection);

    /** How many views fit, by the text of that column; absent values are left out. */
    Map<String, Long> countBy(String column, Selection selection);

    /** Writes a view under the key that its definition takes from it, in place of the one there. */
    void put(V view);

    /**
     * Changes the view under that key.
     *
     * @return whether there is one
     */
    default boolean update(String key, UnaryOperator<V> change) {
        var found = get(key);
        found.ifPresent(view -> put(change.apply(view)));
        return found.isPresent();
    }

    void remove(String key);
}
