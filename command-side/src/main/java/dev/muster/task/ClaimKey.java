package dev.muster.task;

import dev.muster.command.AnswerJson;
import dev.muster.task.TaskCommand.ClaimNextTask;
import java.util.Optional;

/**
 * The key of a {@code ClaimNextTask}, as its claim bears it. A task's events say which claim was made under the key, and by
 * the wish whether it is asked for again or reused.
 *
 * @param wish the hash of the command
 * @param key the client's
 */
record ClaimKey(String wish, String key) {

    private static final int WISH = 16;
    private static final String PREFIX = "next:";

    static ClaimKey of(ClaimNextTask command, String key) {
        return new ClaimKey(AnswerJson.hash(command).substring(0, WISH), key);
    }

    /** The key that a claim was made under, if it was made for a {@code ClaimNextTask}. */
    static Optional<ClaimKey> parse(String stored) {
        var colon = PREFIX.length() + WISH;
        return stored.startsWith(PREFIX) && stored.length() > colon + 1 && stored.charAt(colon) == ':' && isWish(stored)
                ? Optional.of(new ClaimKey(stored.substring(PREFIX.length(), colon), stored.substring(colon + 1)))
                : Optional.empty();
    }

    private static boolean isWish(String stored) {
        for (int i = 0; i < WISH; i++) {
            var digit = stored.charAt(PREFIX.length() + i);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
        }
        return true;
    }

    String stored() {
        return PREFIX + wish + ":" + key;
    }
}
