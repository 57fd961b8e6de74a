package dev.muster.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Other tasks as the test wants them: every task exists but those it names, and the ways are those it names. */
final class FakeTasks implements OtherTasks {

    private final List<TaskId> unknown = new ArrayList<>();
    private final List<List<TaskId>> ways = new ArrayList<>();

    void unknown(TaskId task) {
        unknown.add(task);
    }

    void way(TaskId... way) {
        ways.add(List.of(way));
    }

    @Override
    public boolean exists(TaskId taskId) {
        return !unknown.contains(taskId);
    }

    @Override
    public Optional<List<TaskId>> wayOfBlockers(TaskId from, TaskId to) {
        return ways.stream()
                .filter(way ->
                        way.get(0).equals(from) && way.get(way.size() - 1).equals(to))
                .findFirst();
    }
}
