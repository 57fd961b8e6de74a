package dev.muster.store;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** A promise of the contract that the engine of this test does not keep. The test fails if it keeps it after all. */
@Repeatable(NotKept.All.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface NotKept {

    /** The promise: the name of its test. */
    String value();

    /** What the engine does instead. */
    String because();

    /** Whether that shows in a race alone, so that a run may also go well. */
    boolean inARace() default false;

    /** Several of them. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface All {
        NotKept[] value();
    }

    /** Holds an engine to the record of what it does not keep. */
    final class Record implements BeforeAllCallback, InvocationInterceptor {

        @Override
        public void beforeAll(ExtensionContext context) {
            var tests = Arrays.stream(context.getRequiredTestClass().getMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class))
                    .map(Method::getName)
                    .toList();
            for (var broken : context.getRequiredTestClass().getAnnotationsByType(NotKept.class)) {
                if (!tests.contains(broken.value())) {
                    throw new AssertionError(
                            "There is no promise " + broken.value() + ", which is said not to be kept");
                }
            }
        }

        @Override
        public void interceptTestMethod(
                Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            var broken = recorded(context.getRequiredTestClass(), method.getExecutable());
            if (broken.isEmpty()) {
                test.proceed();
            } else if (!fails(test) && !broken.get().inARace()) {
                throw new AssertionError(
                        "It keeps this now: strike \"" + broken.get().because() + "\" from what is not kept");
            }
        }

        private static Optional<NotKept> recorded(Class<?> engine, Method promise) {
            return Arrays.stream(engine.getAnnotationsByType(NotKept.class))
                    .filter(broken -> broken.value().equals(promise.getName()))
                    .findFirst();
        }

        private static boolean fails(Invocation<Void> test) {
            try {
                test.proceed();
                return false;
            } catch (Throwable broken) {
                return true;
            }
        }
    }
}
