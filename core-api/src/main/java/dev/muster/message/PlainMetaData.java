package dev.muster.message;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Optional;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Reads metadata that is as it nearly always is: an object of texts, whole numbers and truth values, in ASCII and without
 * blanks between them. It is looked through once, and where its entries are is kept; their values are made when somebody asks for
 * them. Whatever is otherwise, or wrong, is left to Jackson.
 */
final class PlainMetaData {

    /** Keys come again and again: each is made once. A thread that meets another key in its place makes its own. */
    private static final @Nullable String[] KEYS = new String[256];

    /** More are possible. */
    private static final int USUAL_ENTRIES = 12;

    private PlainMetaData() {}

    /** The metadata, or nothing if it is to be read as any other object. */
    static Optional<MetaData> read(byte[] stored) {
        try {
            return Optional.of(object(new PlainJson(stored, 0)));
        } catch (NotPlain e) {
            return Optional.empty();
        }
    }

    private static MetaData object(PlainJson in) throws NotPlain {
        var places = new int[USUAL_ENTRIES];
        var entries = 0;
        in.expect('{');
        if (!in.passes('}')) {
            do {
                if (entries == places.length) {
                    places = Arrays.copyOf(places, 2 * entries);
                }
                places[entries++] = in.at + 1;
                in.passName();
                in.passScalar();
            } while (in.more('}'));
        }
        in.expectEnd();
        return entries == 0 ? MetaData.emptyInstance() : new StoredMetaData(in.json, places, entries);
    }

    /** The value that begins there, in what was found to be plain. */
    static @Nullable Object valueAt(byte[] json, int place) {
        try {
            return new PlainJson(json, place).scalar();
        } catch (NotPlain e) {
            throw new IllegalStateException("It was plain before", e);
        }
    }

    /** All of what was found to be plain. */
    static MetaData all(byte[] json, int[] places, int entries) {
        var values = new HashMap<String, @Nullable Object>();
        try {
            for (int i = 0; i < entries; i++) {
                var in = new PlainJson(json, places[i] - 1);
                in.passName();
                values.put(key(in, places[i], in.at - 2), in.scalar());
            }
        } catch (NotPlain e) {
            throw new IllegalStateException("It was plain before", e);
        }
        return MetaData.from(values);
    }

    private static String key(PlainJson in, int from, int to) {
        var place = from == to ? 0 : 31 * (31 * (to - from) + in.json[from]) + in.json[to - 1] & KEYS.length - 1;
        var known = KEYS[place];
        if (known == null || known.length() != to - from || !in.isAt(from, known)) {
            known = PlainJson.latin(in.json, from, to);
            KEYS[place] = known;
        }
        return known;
    }
}
