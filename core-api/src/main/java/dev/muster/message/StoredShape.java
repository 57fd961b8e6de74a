package dev.muster.message;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a type looks like where it is stored as JSON by its fields: the names and types of its fields, down to the last record,
 * enum and class in them, and Jackson's annotations on them. Two versions of a type that have the same shape read what the
 * other has written; what the values mean may still differ, which is what a revision is for. Types of the platform are known by
 * their name.
 */
public final class StoredShape {

    private static final int FINGERPRINT_BYTES = 8;

    private final TreeMap<String, String> types = new TreeMap<>();

    private StoredShape() {}

    /** The shape in words: each type in it with its fields, in the order of the types' names. */
    public static String of(Type type) {
        var shape = new StoredShape();
        shape.add(type);
        return shape.types.entrySet().stream()
                .map(known -> known.getKey() + known.getValue())
                .collect(Collectors.joining("; "));
    }

    /** The shape in 16 hexadecimal digits, the first of its SHA-256. */
    public static String fingerprint(Type type) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(of(type).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private void add(Type type) {
        if (type instanceof ParameterizedType generic) {
            add(generic.getRawType());
            Arrays.stream(generic.getActualTypeArguments()).forEach(this::add);
        } else if (type instanceof WildcardType wildcard) {
            Arrays.stream(wildcard.getUpperBounds()).forEach(this::add);
        } else if (type instanceof GenericArrayType array) {
            add(array.getGenericComponentType());
        } else if (type instanceof Class<?> known && !types.containsKey(known.getTypeName())) {
            add(known);
        }
    }

    private void add(Class<?> type) {
        if (type.isArray()) {
            add(type.getComponentType());
        } else if (type.isEnum()) {
            var names = new TreeSet<String>();
            Arrays.stream(type.getEnumConstants()).forEach(constant -> names.add(((Enum<?>) constant).name()));
            types.put(type.getTypeName(), names.toString());
        } else if (!type.isPrimitive() && !type.getName().startsWith("java.")) {
            var fields = fields(type);
            types.put(
                    type.getTypeName(),
                    annotations(type)
                            + (type.isInterface()
                                    ? ""
                                    : fields.stream()
                                            .map(field -> annotations(field) + field.getName() + ":"
                                                    + field.getGenericType().getTypeName())
                                            .collect(Collectors.joining(", ", "(", ")"))));
            fields.forEach(field -> add(field.getGenericType()));
            if (type.isSealed()) {
                Arrays.stream(type.getPermittedSubclasses()).forEach(this::add);
            }
        }
    }

    /** Those of a class and of what it extends. A record's stand in its own order, others by their names. */
    private static List<Field> fields(Class<?> type) {
        var fields = new ArrayList<Field>();
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            Arrays.stream(each.getDeclaredFields())
                    .filter(field -> (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0)
                    .forEach(fields::add);
        }
        if (!type.isRecord()) {
            fields.sort(Comparator.comparing(Field::getName));
        }
        return fields;
    }

    private static String annotations(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations())
                .filter(annotation -> annotation.annotationType().getName().contains(".jackson."))
                .map(Annotation::toString)
                .sorted()
                .map(annotation -> annotation + " ")
                .collect(Collectors.joining());
    }
}
