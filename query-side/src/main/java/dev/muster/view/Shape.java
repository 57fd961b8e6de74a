package dev.muster.view;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the records of a view look like, down to the last record in them: the form in which they are stored. */
final class Shape {

    private final TreeMap<String, String> types = new TreeMap<>();

    private Shape() {}

    static String of(Type type) {
        var shape = new Shape();
        shape.add(type);
        return shape.types.entrySet().stream()
                .map(known -> known.getKey() + known.getValue())
                .collect(Collectors.joining("; "));
    }

    private void add(Type type) {
        if (type instanceof ParameterizedType generic) {
            add(generic.getRawType());
            Arrays.stream(generic.getActualTypeArguments()).forEach(this::add);
        } else if (type instanceof Class<?> known && !types.containsKey(known.getTypeName())) {
            add(known);
        }
    }

    private void add(Class<?> type) {
        if (type.isArray()) {
            add(type.getComponentType());
        } else if (type.isRecord()) {
            types.put(
                    type.getTypeName(),
                    Arrays.stream(type.getRecordComponents())
                            .map(component -> component.getName() + ":"
                                    + component.getGenericType().getTypeName())
                            .collect(Collectors.joining(", ", "(", ")")));
            Arrays.stream(type.getRecordComponents()).forEach(component -> add(component.getGenericType()));
        } else if (type.isEnum()) {
            Set<String> names = new TreeSet<>();
            Arrays.stream(type.getEnumConstants()).forEach(constant -> names.add(((Enum<?>) constant).name()));
            types.put(type.getTypeName(), names.toString());
        } else if (type.isSealed()) {
            types.put(type.getTypeName(), "");
            Arrays.stream(type.getPermittedSubclasses()).forEach(this::add);
        }
    }
}
