package dev.muster.importer.conversation;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said.
 *
 * @param index which turn of its conversation it is; the first is 0
 * @param speaker an agent by its name, or {@value #HUMAN}
 * @param addressee to whom it is expressly handed: {@code Orchestrator (-> WebSurfer)}
 * @param source the file and the turn: {@code Hand-Crafted/1.json#12}
 */
record Turn(int index, String speaker, @Nullable String addressee, String text, String source) {

    static final String HUMAN = "human";

    private static final Pattern ROLE = Pattern.compile("(?<speaker>.+?) \\((?:-> (?<to>.+)|.*)\\)");

    /** A turn of who stands in the record with that name: {@code WebSurfer}, {@code Orchestrator (thought)}. */
    static Turn of(int index, String name, String text, String source) {
        var role = ROLE.matcher(name.strip());
        return role.matches()
                ? new Turn(index, role.group("speaker"), role.group("to"), text, source)
                : new Turn(index, name.strip(), null, text, source);
    }

    boolean isHuman() {
        return speaker.equals(HUMAN);
    }

    boolean hasCode() {
        return text.contains("```");
    }

    /** Whether it is what came of running the code of the turn before. */
    boolean isOutput() {
        return text.startsWith("exitcode: ");
    }

    boolean isFailedOutput() {
        return isOutput() && !text.startsWith("exitcode: 0");
    }

    /** Whether it says that there was no code in the turn before. */
    boolean missesCode() {
        return text.startsWith("There is no code from the last 1 message");
    }

    /** Whether the text has that agent's name, in which blanks may stand for underscores. */
    boolean names(String agent) {
        var name = Pattern.quote(agent).replace("_", "\\E[_ ]\\Q");
        return Pattern.compile("(?<![\\w])" + name + "(?![\\w])").matcher(text).find();
    }
}
