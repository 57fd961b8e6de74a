package dev.muster.subscription;

/**
 * An event that was delivered as often as it may be, and not acknowledged.
 *
 * @param deliveryId under which it was delivered: {@code 1200}
 * @param event the identifier of the event
 * @param entity whose event it is: {@code task/t-42}
 * @param type the stored name of the event
 * @param tries how often it was delivered
 * @param error what the last one who tried said, or that nothing was said in time
 */
public record ParkedDelivery(String deliveryId, String event, String entity, String type, int tries, String error) {

    /** How many characters of an error are kept. */
    public static final int MAX_ERROR = 500;

    public ParkedDelivery {
        error = error.length() > MAX_ERROR ? error.substring(0, MAX_ERROR) : error;
    }
}
