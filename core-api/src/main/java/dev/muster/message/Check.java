package dev.muster.message;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks of a message's shape, for compact constructors. Each names the field and the bound it broke. */
public final class Check {

    private Check() {}

    /** A value that must be there. */
    public static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidField(field, "is required");
        }
        return value;
    }

    /** A text that must be there, is not blank and has at most {@code max} characters. */
    public static String text(String field, @Nullable String value, int max) {
        required(field, value);
        if (value.isBlank()) {
            throw new InvalidField(field, "must not be blank");
        }
        return bounded(field, value, max);
    }

    /** A text that may be left out. */
    public static @Nullable String optionalText(String field, @Nullable String value, int max) {
        return value == null ? null : bounded(field, value, max);
    }

    /** A number from {@code min} to {@code max}. */
    public static long range(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw new InvalidField(field, "must be from " + min + " to " + max + ", but is " + value);
        }
        return value;
    }

    /** A set of short names, sorted so that it is stored the same way always; none if left out. */
    public static Set<String> names(String field, @Nullable Collection<String> values, int maxNames, int maxLength) {
        if (values == null) {
            return Set.of();
        }
        size(field, values, maxNames);
        var names = new TreeSet<String>();
        for (var value : values) {
            names.add(text(field, value, maxLength));
        }
        return Collections.unmodifiableSet(new LinkedHashSet<>(names));
    }

    /** A set without null, sorted so that it is stored the same way always; empty if left out. */
    public static <T extends Comparable<? super T>> Set<T> set(String field, @Nullable Collection<T> values) {
        if (values == null) {
            return Set.of();
        }
        var set = new TreeSet<T>();
        for (var value : values) {
            set.add(required(field, value));
        }
        return Collections.unmodifiableSet(new LinkedHashSet<>(set));
    }

    /** A list of at most {@code max} elements, none of them null; empty if left out. */
    public static <T> List<T> list(String field, @Nullable List<T> values, int max) {
        if (values == null) {
            return List.of();
        }
        size(field, values, max);
        for (var value : values) {
            required(field, value);
        }
        return List.copyOf(values);
    }

    private static void size(String field, Collection<?> values, int max) {
        if (values.size() > max) {
            throw new InvalidField(field, "must have at most " + max + " elements, but has " + values.size());
        }
    }

    private static String bounded(String field, String value, int max) {
        if (value.length() > max) {
            throw new InvalidField(field, "must have at most " + max + " characters, but has " + value.length());
        }
        return value;
    }
}
