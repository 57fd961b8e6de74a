package dev.muster.message;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names as they stand in addresses and on command lines: {@code claim-next-task} for {@code ClaimNextTask}. */
public final class Kebab {

    private static final Pattern WORD_START =
            Pattern.compile("(?<=[\\p{Lower}\\d])(?=\\p{Upper})|(?<=\\p{Upper})(?=\\p{Upper}\\p{Lower})");

    private Kebab() {}

    public static String of(String name) {
        return WORD_START.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
    }
}
