package dev.muster.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.shared.Api;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The line that says that nobody got a held task would not say so if somebody had. */
class HoldersTest {

    private final Holders holders = new Holders();

    private void happens(String type, String task) {
        holders.accept(Api.JSON.valueToTree(Map.of("type", type, "subject", "task/" + task)));
    }

    @Test
    void a_task_that_is_given_away_after_it_was_taken_is_no_fault() {
        happens("TaskAssigned", "a");
        happens("TaskAssigned", "b");
        happens("LeaseExpired", "a");
        happens("AttemptFailed", "a");
        happens("TaskAssigned", "a");
        assertThat(holders.assignments()).isEqualTo(3);
        assertThat(holders.whileHeld()).isZero();
    }

    @Test
    void a_task_that_is_given_away_while_it_is_held_is_counted() {
        happens("TaskAssigned", "a");
        happens("TaskAssigned", "a");
        assertThat(holders.whileHeld()).isEqualTo(1);
    }
}
