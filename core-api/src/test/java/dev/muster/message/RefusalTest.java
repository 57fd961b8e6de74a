package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.axonframework.messaging.HandlerExecutionException;
import org.junit.jupiter.api.Test;

class RefusalTest {

    private final Problem problem = new Problem("task-ended", "The task has ended", 409, "Task t-1 has ended.");

    @Test
    void a_refusal_says_its_code_and_what_is_wrong() {
        assertThat(new Refusal(problem)).hasMessage("task-ended: Task t-1 has ended.");
    }

    @Test
    void the_problem_travels_as_the_details_of_axons_exception() {
        assertThat(HandlerExecutionException.<Problem>resolveDetails(new Refusal(problem)))
                .contains(problem);
        assertThat(new Refusal(problem).problem()).isEqualTo(problem);
    }

    @Test
    void a_refusal_has_no_stack_trace() {
        assertThat(new Refusal(problem).getStackTrace()).isEmpty();
    }

    @Test
    void a_problem_does_not_change_with_what_it_was_made_of() {
        var extras = new HashMap<String, Object>(Map.of("state", "completed"));
        var made = new Problem("task-ended", "The task has ended", 409, "Task t-1 has ended.", extras);

        extras.clear();

        assertThat(made.extras()).containsEntry("state", "completed");
    }
}
