package dev.muster.importer.conversation;

import static dev.muster.importer.conversation.ConversationFile.turn;
import static dev.muster.importer.conversation.ConversationFile.turns;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** To which turn a turn refers. */
class ReferencesTest {

    @SafeVarargs
    private static List<Integer> references(Map<String, String>... said) {
        var references = new References();
        var found = new ArrayList<Integer>();
        for (var turn : turns(said)) {
            found.add(references.of(turn).orElse(-1));
            references.add(turn, OptionalInt.empty());
        }
        return found;
    }

    @Test
    void output_refers_to_the_code_that_was_run() {
        assertThat(references(
                        turn("ada", "Task"),
                        turn("ben", "```print(1)```"),
                        turn("Terminal", "exitcode: 0 (execution succeeded)"),
                        turn("ada", "Well."),
                        turn("Terminal", "There is no code from the last 1 message for me to execute.")))
                .containsExactly(-1, 0, 1, 0, 3);
    }

    @Test
    void a_quotation_refers_to_the_last_of_another_who_said_it_but_not_in_data() {
        assertThat(references(
                        turn("ada", "Task"),
                        turn("ben", "I opened 'The Dragon Page'."),
                        turn("ben", "I closed it."),
                        turn("eve", "On 'the dragon page' it is told."),
                        turn("kim", "```open('The Dragon Page')```")))
                .containsExactly(-1, 0, 1, 1, 0);
    }

    @Test
    void who_was_addressed_since_its_last_turn_refers_to_that() {
        assertThat(references(
                        turn("ada", "Task"),
                        turn("ada (-> ben)", "Look it up."),
                        turn("eve", "I wait."),
                        turn("ben", "Found."),
                        turn("eve", "Data_Expert, is it so?"),
                        turn("Data Expert", "I don't know."),
                        turn("Data_Expert", "It is.")))
                .containsExactly(-1, 0, 0, 1, 2, 0, 4);
    }

    @Test
    void who_goes_on_refers_to_itself() {
        assertThat(references(turn("ada", "Task"), turn("ben", "One."), turn("ben", "Two.")))
                .containsExactly(-1, 0, 1);
    }

    @Test
    void who_speaks_of_output_refers_to_the_last_and_who_names_an_agent_to_its_last_turn() {
        assertThat(references(
                        turn("ada", "```print(1)```"),
                        turn("Terminal", "exitcode: 0"),
                        turn("ben", "The output is fine."),
                        turn("eve", "As ada said."),
                        turn("kim", "Hello.")))
                .containsExactly(-1, 0, 1, 0, 0);
    }
}
