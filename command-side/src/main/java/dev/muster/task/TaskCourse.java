package dev.muster.task;

import static dev.muster.task.TaskState.ASSIGNED;
import static dev.muster.task.TaskState.INPUT_REQUIRED;
import static dev.muster.task.TaskState.SUBMITTED;
import static dev.muster.task.TaskState.SUSPENDED;
import static dev.muster.task.TaskState.WORKING;

import dev.muster.task.TaskEvent.*;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * In which states a task can meet an event. Most of it is what the {@link TaskRule}s say of the first event of each course;
 * events that only follow on another one of the same command are added here.
 */
final class TaskCourse {

    private static final Map<Class<?>, Set<TaskState>> FROM = from();

    private TaskCourse() {}

    static boolean allows(TaskEvent event, TaskState state) {
        return FROM.getOrDefault(event.getClass(), Set.of()).contains(state);
    }

    private static Map<Class<?>, Set<TaskState>> from() {
        var from = new HashMap<Class<?>, Set<TaskState>>();
        for (var rule : TaskRule.values()) {
            rule.courses().stream()
                    .flatMap(course -> course.events().stream().limit(1))
                    .forEach(first -> add(from, first, rule.from()));
        }
        add(from, LeaseExtended.class, EnumSet.of(WORKING));
        add(from, AttemptFailed.class, EnumSet.of(WORKING, SUSPENDED, INPUT_REQUIRED));
        add(from, RetryScheduled.class, EnumSet.of(SUBMITTED));
        add(from, TaskStarted.class, EnumSet.of(ASSIGNED));
        return Map.copyOf(from);
    }

    private static void add(Map<Class<?>, Set<TaskState>> from, Class<?> event, Set<TaskState> states) {
        from.merge(event, states, (one, other) -> union(one, other));
    }

    private static Set<TaskState> union(Set<TaskState> one, Set<TaskState> other) {
        var all = EnumSet.noneOf(TaskState.class);
        Stream.of(one, other).forEach(all::addAll);
        return all;
    }
}
