package dev.muster.message;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the objects of one record class from plain JSON, which Jackson takes several times as long for. What comes out is what Jackson
 * makes of it; what is not plain, unknown, doubled, or refused by the record itself, is left to Jackson. Thread-safe.
 */
final class PlainRecord implements PlainValue {

    /** Which of its components an object has is a bit of a long each. */
    private static final int MAX_COMPONENTS = Long.SIZE;

    private final String[] names;
    private final PlainValue[] values;
    /** What components are that an object does not have. */
    private final @Nullable Object[] absent;

    private final MethodHandle constructor;

    private PlainRecord(String[] names, PlainValue[] values, @Nullable Object[] absent, MethodHandle constructor) {
        this.names = names;
        this.values = values;
        this.absent = absent;
        this.constructor = constructor;
    }

    /** Nothing if Jackson may have something to say about that class that is not known here. */
    static Optional<PlainRecord> of(Class<?> type, PlainValues kinds) {
        var components = type.getRecordComponents();
        if (components == null || components.length > MAX_COMPONENTS || JacksonSays.anythingOf(type)) {
            return Optional.empty();
        }
        var values = Arrays.stream(components)
                .map(component -> kinds.of(component.getGenericType()))
                .toList();
        if (!values.stream().allMatch(Optional::isPresent)) {
            return Optional.empty();
        }
        return RecordCreators.canonical(type)
                .map(constructor -> new PlainRecord(
                        Arrays.stream(components).map(RecordComponent::getName).toArray(String[]::new),
                        values.stream().flatMap(Optional::stream).toArray(PlainValue[]::new),
                        Arrays.stream(components).map(PlainRecord::absent).toArray(),
                        constructor));
    }

    private static @Nullable Object absent(RecordComponent component) {
        var type = component.getType();
        if (type == int.class) {
            return 0;
        }
        if (type == long.class) {
            return 0L;
        }
        return type == boolean.class ? false : null;
    }

    @Override
    public @Nullable Object read(PlainJson in) throws NotPlain {
        return in.peek() == 'n' ? in.literal("null", null) : object(in);
    }

    /** All of that JSON, or nothing if it is to be read in the general way. */
    Optional<Object> read(byte[] json) {
        try {
            var in = new PlainJson(json, 0);
            var read = object(in);
            in.expectEnd();
            return Optional.of(read);
        } catch (NotPlain e) {
            return Optional.empty();
        }
    }

    private Object object(PlainJson in) throws NotPlain {
        var arguments = absent.clone();
        in.expect('{');
        if (!in.passes('}')) {
            var seen = 0L;
            var expected = 0;
            do {
                var which = which(in, expected);
                if ((seen & 1L << which) != 0) {
                    throw NotPlain.IT_IS;
                }
                seen |= 1L << which;
                arguments[which] = values[which].read(in);
                expected = which + 1;
            } while (in.more('}'));
        }
        try {
            return constructor.invokeExact(arguments);
        } catch (Error e) {
            throw e;
        } catch (Throwable refused) {
            // Jackson meets it again, and tells it in its words.
            throw NotPlain.IT_IS;
        }
    }

    /** The component whose name comes next, most likely one that follows the one before; passes the name. */
    private int which(PlainJson in, int expected) throws NotPlain {
        in.expect('"');
        for (int i = 0; i < names.length; i++) {
            var each = expected + i < names.length ? expected + i : expected + i - names.length;
            if (in.isAt(in.at, names[each])) {
                in.at += names[each].length() + 1;
                in.expect(':');
                return each;
            }
        }
        throw NotPlain.IT_IS;
    }
}
