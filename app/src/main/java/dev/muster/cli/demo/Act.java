package dev.muster.cli.demo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * One request of the story and what came of it; nothing in it depends on the time of day or on the speed of the machine.
 *
 * @param outcome in words, or the stable code of the refusal
 */
record Act(String actor, String command, String outcome) {

    /** What two runs of one seed have in common, short enough to be compared by eye. */
    static String digest(List<Act> acts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            acts.forEach(act -> digest.update((act + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
