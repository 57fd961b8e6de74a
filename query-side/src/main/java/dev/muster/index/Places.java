package dev.muster.index;

import dev.muster.history.IndexSearch;
import dev.muster.history.IndexedBy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

/**
 * Finds the places of rows among which are all that fit, by the one condition that the fewest fit, in their order. What else is
 * asked for is seen in the rows. The keys of one value follow each other, and none begins before another one ends.
 */
final class Places implements Iterator<Place> {

    private final RocksIterator keys;
    private final byte[] prefix;
    private final IndexSearch search;
    /** What is behind the place that was told last, in the same key; none before the first. */
    private @Nullable ByteReader further;

    private @Nullable Place next;

    private Places(RocksIterator keys, byte[] prefix, IndexSearch search) {
        this.keys = keys;
        this.prefix = prefix;
        this.search = search;
        // What begins before may reach behind.
        keys.seekForPrev(Keys.place(new ByteWriter().write(prefix), new Place(search.from(), 1))
                .toBytes());
        if (!isAt(keys, prefix)) {
            keys.seek(prefix);
        }
        begin();
        while (next != null && next.position() < search.from()) {
            advance();
        }
    }

    /** @param keys closed by nobody before all that is wanted was told */
    static Iterator<Place> of(RocksIterator keys, IndexSearch search) {
        var what = search.narrowest();
        var prefix = what.isEmpty()
                ? Keys.rows()
                : Keys.prefix(what.get(), search.wanted().get(what.get())).orElse(null);
        if (prefix == null) {
            return Collections.emptyIterator();
        }
        return what.filter(IndexedBy.ENTITY::equals).isPresent()
                ? ofEntity(keys, prefix)
                : new Places(keys, prefix, search);
    }

    /** These are in the order of its versions. */
    private static Iterator<Place> ofEntity(RocksIterator keys, byte[] prefix) {
        var places = new ArrayList<Place>();
        for (keys.seek(prefix); isAt(keys, prefix); keys.next()) {
            var key = new ByteReader(keys.key(), prefix.length);
            key.ordered();
            places.add(Keys.place(key));
        }
        Collections.sort(places);
        return places.iterator();
    }

    private static boolean isAt(RocksIterator keys, byte[] prefix) {
        if (!keys.isValid()) {
            return false;
        }
        var key = keys.key();
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    private void begin() {
        next = null;
        if (isAt(keys, prefix)) {
            next = Keys.place(new ByteReader(keys.key(), prefix.length));
            // The value of a row is the row.
            further = prefix.length < Keys.PREFIX ? null : new ByteReader(keys.value(), 0);
        }
    }

    private void advance() {
        if (next != null && further != null && further.hasMore()) {
            next = Listing.next(next, further);
        } else {
            keys.next();
            begin();
        }
    }

    @Override
    public boolean hasNext() {
        return next != null && next.position() <= search.upTo();
    }

    @Override
    public Place next() {
        var told = next;
        if (told == null) {
            throw new NoSuchElementException();
        }
        advance();
        return told;
    }
}
