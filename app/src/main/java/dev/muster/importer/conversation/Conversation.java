package dev.muster.importer.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recorded run of agents that were to answer a question.
 *
 * @param id the folder and the file: {@code Hand-Crafted-1}
 * @param expected the answer that was expected, if the record tells it
 * @param succeeded whether it was given
 * @param source the file
 */
record Conversation(
        String id, String question, @Nullable String expected, boolean succeeded, List<Turn> turns, String source) {

    Conversation {
        turns = List.copyOf(turns);
    }
}
