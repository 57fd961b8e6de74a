package dev.muster.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the things that may come of a command to a task.
 *
 * @param when in which case, in words; empty if in every case that the others don't name
 * @param to the state after it; none if that stays as it was
 * @param events all of them, in their order
 */
record Course(String when, @Nullable TaskState to, List<Class<? extends TaskEvent>> events) {

    @SafeVarargs
    static Course always(@Nullable TaskState to, Class<? extends TaskEvent>... events) {
        return new Course("", to, List.of(events));
    }

    @SafeVarargs
    static Course where(String when, @Nullable TaskState to, Class<? extends TaskEvent>... events) {
        return new Course(when, to, List.of(events));
    }
}
