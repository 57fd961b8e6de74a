package dev.muster.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@link LogVerification} found first that is not as it was written, or does not fit to the rest. */
public final class DamagedLogException extends IllegalStateException {

    private static final Pattern FILE = Pattern.compile("[^\\s:]*?([^\\s/:]+\\.(?:sst|log)|MANIFEST-\\d+|CURRENT)");

    private final String file;
    private final long readable;

    /**
     * @param fault with the file in its words, if {@code file} is empty
     * @param file in which it is; that of the fault if it is empty
     * @param readable how many events can be read, from the first one on; -1 if none can be while the store does not open
     */
    DamagedLogException(String fault, String file, long readable, @Nullable Throwable cause) {
        super(fault, cause);
        this.file = file.isEmpty() && cause != null ? fileIn(fault) : file;
        this.readable = readable;
    }

    private static String fileIn(String text) {
        Matcher found = FILE.matcher(text);
        return found.find() ? found.group(1) : "";
    }

    /** The name of the file in the folder of the log; empty if it can't be told. */
    public String file() {
        return file;
    }

    /** How many events can be read, from the first one on; -1 if the store does not even open. */
    public long readable() {
        return readable;
    }
}
