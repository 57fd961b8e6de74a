package dev.muster.message;

import java.util.Map;

/**
 * Why something was refused, as a client reads it: the parts of an RFC 9457 problem detail.
 *
 * @param code a stable name in kebab case, {@code task-lease-lost}; the edge's type is {@code urn:muster:problem:} and it
 * @param title what the code means, the same for every occurrence
 * @param status the HTTP status that says it best
 * @param detail what is wrong with which thing, and what to do
 * @param extras what else the reader needs, by name; values are strings, numbers, booleans, lists and maps of them
 */
public record Problem(String code, String title, int status, String detail, Map<String, Object> extras) {

    public Problem {
        extras = Map.copyOf(extras);
    }

    public Problem(String code, String title, int status, String detail) {
        this(code, title, status, detail, Map.of());
    }
}
