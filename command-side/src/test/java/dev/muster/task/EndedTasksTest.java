package dev.muster.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of a task that has ended it is known that there is one, and little room is taken for it. */
class EndedTasksTest {

    private static final int MANY = 20_000;

    private final EndedTasks ended = new EndedTasks();

    @Test
    void knows_what_was_added_and_nothing_else() {
        addMany();
        assertThat(IntStream.range(0, MANY)).allMatch(i -> ended.contains("task/t-" + i));
        assertThat(IntStream.range(MANY, 2 * MANY)).noneMatch(i -> ended.contains("task/t-" + i));
    }

    @Test
    void what_was_kept_of_one_makes_another_that_knows_as_much() {
        addMany();
        var other = new EndedTasks();
        other.addAll(ended.parts());
        assertThat(IntStream.range(0, MANY)).allMatch(i -> other.contains("task/t-" + i));
        assertThat(IntStream.range(MANY, 2 * MANY)).noneMatch(i -> other.contains("task/t-" + i));
    }

    @Test
    void a_task_that_ends_again_is_kept_once() {
        addMany();
        addMany();
        assertThat(ended.parts().stream().mapToInt(part -> part.length).sum()).isEqualTo(16 * MANY);
    }

    private void addMany() {
        IntStream.range(0, MANY).forEach(i -> ended.add("task/t-" + i));
    }
}
