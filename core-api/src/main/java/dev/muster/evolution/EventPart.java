package dev.muster.evolution;

/**
 * The identity of an event as it is read. An event that was split is read as several, which share their position and their
 * sequence number; the first keeps the identifier of the stored event, each further one has its number behind it:
 * {@code 5f2c…}, {@code 5f2c…~2}, {@code 5f2c…~3}. So whatever is keyed by an event's identifier tells them apart.
 *
 * @param event the identifier of the event as it is stored
 * @param number which part it is: from 1, which is also the number of an event that was not split
 */
public record EventPart(String event, int number) {

    private static final char MARK = '~';

    /** The part that an event's identifier names. */
    public static EventPart parse(String identifier) {
        // Nearly none has the mark, and looking forwards is quicker.
        var at = identifier.indexOf(MARK) < 0 ? -1 : identifier.lastIndexOf(MARK);
        if (at > 0 && identifier.length() - at <= 10) {
            var digits = identifier.substring(at + 1);
            if (!digits.isEmpty() && digits.charAt(0) != '0' && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return new EventPart(identifier.substring(0, at), Integer.parseInt(digits));
            }
        }
        return new EventPart(identifier, 1);
    }

    /** As it is read. */
    public String identifier() {
        return number == 1 ? event : event + MARK + number;
    }
}
