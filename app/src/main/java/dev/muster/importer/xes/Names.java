package dev.muster.importer.xes;

import dev.muster.message.EntityId;
import dev.muster.mission.MissionId;
import dev.muster.mission.Step;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Makes identifiers of what a log calls its cases, activities and resources: the same of the same name, always. */
final class Names {

    /** Who did what nobody is named for. */
    static final String NOBODY = "unknown";

    private static final int HASH_CHARACTERS = 8;

    private Names() {}

    /** An agent's. What would be an operator or the system is made an agent. */
    static String agent(@Nullable String resource) {
        if (resource == null) {
            return NOBODY;
        }
        var id = blankless(resource);
        if (id.startsWith("system:") || id.startsWith("operator:")) {
            id = id.replaceFirst(":", "-");
        }
        return fit(id.equals("anonymous") ? "anonymous-agent" : id, resource, EntityId.MAX_LENGTH);
    }

    /** A mission's. */
    static String mission(String caseName) {
        return fit(blankless(caseName), caseName, MissionId.MAX_LENGTH);
    }

    /** A step's, with room for the number of its occurrence. */
    static String step(String activity) {
        var id = blankless(activity).replace('/', '-');
        return fit(id.equals(Step.UNDO) ? "undo-step" : id, activity, Step.MAX_ID - "#1000".length());
    }

    private static String blankless(String name) {
        var id = name.strip().replaceAll("[\\s\\p{Cntrl}\\p{Z}]+", "-");
        return id.isEmpty() ? "-" : id;
    }

    private static String fit(String id, String name, int max) {
        return id.length() <= max ? id : marked(id, name, max);
    }

    /** One that is told apart from others by a few characters of the name's hash. */
    static String marked(String id, String name, int max) {
        var room = max - HASH_CHARACTERS - 1;
        var end = Math.min(id.length(), room);
        if (Character.isHighSurrogate(id.charAt(end - 1))) {
            end--;
        }
        return id.substring(0, end) + "~" + hash(name);
    }

    private static String hash(String name) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** At most so many characters, with an ellipsis where something is left out. */
    static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max - 1) + "…";
    }
}
