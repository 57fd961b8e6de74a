package dev.muster.view;

import dev.muster.digest.Digest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Some views in tables of another generation, where they are folded anew while the live ones are asked. */
public final class BesideStores implements ViewStores {

    private final int generation;
    private final Map<String, JdbcViewStore<?>> stores = new LinkedHashMap<>();
    private final ViewMarks marks;

    BesideStores(Jdbc jdbc, int generation, List<JdbcViewStore<?>> opened) {
        this.generation = generation;
        opened.forEach(store -> stores.put(store.definition().name(), store));
        this.marks = new ViewMarks(jdbc, "beside/" + generation, this::all);
    }

    /** The number by which they are found again. */
    public int generation() {
        return generation;
    }

    public Set<String> names() {
        return stores.keySet();
    }

    Collection<JdbcViewStore<?>> all() {
        return stores.values();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <V> ViewStore<V> open(ViewDefinition<V> definition) {
        var store = stores.get(definition.name());
        if (store == null) {
            throw new IllegalStateException(
                    "The view " + definition.name() + " is not folded again beside the others.");
        }
        return (ViewStore<V>) store;
    }

    /** What notes where these views stand, and their digests. */
    public ViewMarks marks() {
        return marks;
    }

    /** Says, in the transaction at hand, that these views stand at that position without having been folded. */
    public void standAt(long position) {
        marks.moveTo(position);
    }

    /** The digest of what is committed. */
    public Digest digest() {
        return marks.committed();
    }
}
