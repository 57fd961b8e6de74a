package dev.muster.message;

/**
 * The identifier of an entity: a type and a value that clients see.
 *
 * <p>In the log a stream is known by the identifier alone, so that a task {@code x} and an agent {@code x} would meet.
 * An implementation is therefore a record of one string whose {@code toString()} is {@link #stored()} (Axon takes it as
 * target and as the name of the stream) and whose JSON is the plain value:
 *
 * <pre>{@code
 * public record ItemId(@JsonValue String value) implements EntityId {
 *     public ItemId { EntityId.check("itemId", value); }
 *     @JsonCreator public static ItemId of(String value) { return new ItemId(value); }
 *     @Override public String type() { return "item"; }
 *     @Override public String toString() { return stored(); }
 * }
 * }</pre>
 */
public interface EntityId {

    /** How many characters the value of an identifier has at most. */
    int MAX_LENGTH = 128;

    /** The type of the entity, as the aggregate's: {@code task}. */
    String type();

    /** The identifier as clients see it: {@code t-42}. */
    String value();

    /** The identifier as it stands in the log: {@code task/t-42}. */
    default String stored() {
        return type() + "/" + value();
    }

    /**
     * Checks the value of an identifier: 1 to {@value #MAX_LENGTH} characters, without blanks or control characters.
     *
     * @throws InvalidField if it is not so
     */
    static void check(String field, String value) {
        if (value == null || value.isEmpty()) {
            throw new InvalidField(field, "must not be empty");
        }
        if (value.length() > MAX_LENGTH) {
            throw new InvalidField(field, "must have at most " + MAX_LENGTH + " characters, but has " + value.length());
        }
        for (int i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (c > ' ' && c < 0x7f) {
                continue;
            }
            if (Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c)) {
                throw new InvalidField(field, "must not contain blanks or control characters");
            }
        }
    }
}
