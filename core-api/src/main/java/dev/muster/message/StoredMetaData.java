package dev.muster.message;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Metadata as it is stored, of which each value is read when it is asked for. Whoever folds events looks at one or two of nine
 * values, and a map of all of them costs as much as the event itself. Who asks for more than single values gets such a map. Thread-safe.
 */
final class StoredMetaData extends MetaData {

    private static final long serialVersionUID = 1;

    private final transient byte[] json;
    /** Where the keys begin, behind their quotes; each ends with a quote, and a colon follows. */
    private final transient int[] places;

    private final transient int entries;
    /** Made when it is asked for; if by two threads at once, one of them for nothing. */
    private transient @Nullable MetaData all;

    /** @param json plain, as {@link PlainMetaData} has found */
    StoredMetaData(byte[] json, int[] places, int entries) {
        super(Map.of());
        this.json = json;
        this.places = places;
        this.entries = entries;
    }

    private MetaData all() {
        var known = all;
        if (known == null) {
            known = PlainMetaData.all(json, places, entries);
            all = known;
        }
        return known;
    }

    @Override
    public @Nullable Object get(Object key) {
        if (all != null) {
            return all().get(key);
        }
        var place = place(key);
        return place < 0 ? null : PlainMetaData.valueAt(json, place);
    }

    @Override
    public boolean containsKey(Object key) {
        return place(key) >= 0;
    }

    /** Where its value begins; -1 if there is none. Of entries with one key the last one counts. */
    private int place(Object key) {
        if (key instanceof String text && text.indexOf('"') < 0) {
            var in = new PlainJson(json, 0);
            for (int i = entries - 1; i >= 0; i--) {
                if (in.isAt(places[i], text)) {
                    return places[i] + text.length() + 2;
                }
            }
        }
        return -1;
    }

    /** There is at least one entry. */
    @Override
    public boolean isEmpty() {
        return false;
    }

    @Override
    public int size() {
        return all().size();
    }

    @Override
    public boolean containsValue(Object value) {
        return all().containsValue(value);
    }

    @Override
    public Set<String> keySet() {
        return all().keySet();
    }

    @Override
    public Collection<Object> values() {
        return all().values();
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return all().entrySet();
    }

    @Override
    public MetaData and(String key, Object value) {
        return all().and(key, value);
    }

    @Override
    public MetaData andIfNotPresent(String key, Supplier<Object> value) {
        return containsKey(key) ? this : and(key, value.get());
    }

    @Override
    public MetaData mergedWith(Map<String, ?> others) {
        return others.isEmpty() ? this : all().mergedWith(others);
    }

    @Override
    public MetaData withoutKeys(Set<String> keys) {
        return keys.isEmpty() ? this : all().withoutKeys(keys);
    }

    @Override
    public MetaData subset(String... keys) {
        return all().subset(keys);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || all().equals(other);
    }

    @Override
    public int hashCode() {
        return all().hashCode();
    }

    @Override
    public String toString() {
        return all().toString();
    }

    /** Written as any other. */
    private Object writeReplace() {
        return MetaData.from(new HashMap<>(all()));
    }
}
