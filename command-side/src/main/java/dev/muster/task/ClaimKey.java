package dev.muster.task;

import dev.muster.command.AnswerJson;
import dev.muster.task.TaskCommand.ClaimNextTask;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The key of a {@code ClaimNextTask}, as its claim bears it. A task's events say which claim was made under the key, and by
 * the wish whether it is asked for again or reused.
 *
 * @param wish the hash of the command
 * @param key the client's
 */
record ClaimKey(String wish, String key) {

    private static final int WISH = 16;
    private static final Pattern STORED = Pattern.compile("next:([0-9a-f]{" + WISH + "}):(.+)", Pattern.DOTALL);

    static ClaimKey of(ClaimNextTask command, String key) {
        return new ClaimKey(AnswerJson.hash(command).substring(0, WISH), key);
    }

    /** The key that a claim was made under, if it was made for a {@code ClaimNextTask}. */
    static Optional<ClaimKey> parse(String stored) {
        var parts = STORED.matcher(stored);
        return parts.matches() ? Optional.of(new ClaimKey(parts.group(1), parts.group(2))) : Optional.empty();
    }

    String stored() {
        return "next:" + wish + ":" + key;
    }
}
