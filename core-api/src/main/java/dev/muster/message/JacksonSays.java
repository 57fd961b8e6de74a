package dev.muster.message;

import com.fasterxml.jackson.annotation.JacksonAnnotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.stream.Stream;

/** Whether a record has annotations by which Jackson reads it otherwise than by the names of its components. */
final class JacksonSays {

    private static final String DATABIND = "tools.jackson.";

    private JacksonSays() {}

    /** Of its class, of what that has of others, or of anything in them. */
    static boolean anythingOf(Class<?> record) {
        return elements(record).anyMatch(JacksonSays::isAnnotated);
    }

    private static Stream<AnnotatedElement> elements(Class<?> type) {
        var constructors = Arrays.stream(type.getDeclaredConstructors());
        return Stream.<Stream<? extends AnnotatedElement>>of(
                        Stream.of(type),
                        Arrays.stream(type.getDeclaredFields()),
                        Stream.concat(constructors, Arrays.stream(type.getDeclaredMethods()))
                                .flatMap(each -> Stream.concat(Stream.of(each), Arrays.stream(each.getParameters()))),
                        Arrays.stream(type.getInterfaces()).flatMap(JacksonSays::elements))
                .flatMap(each -> each);
    }

    private static boolean isAnnotated(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations())
                .anyMatch(each -> each.annotationType().isAnnotationPresent(JacksonAnnotation.class)
                        || each.annotationType().getName().startsWith(DATABIND));
    }
}
