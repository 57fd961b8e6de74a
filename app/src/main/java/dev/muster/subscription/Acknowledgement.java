package dev.muster.subscription;

import java.util.List;

/**
 * What came of deliveries.
 *
 * @param acknowledged how many are done now
 * @param failed how many are to be delivered again, or parked
 * @param unknown those that are done already, were never delivered, or are in another one's hand
 */
public record Acknowledgement(int acknowledged, int failed, List<String> unknown) {

    /** A delivery that a member could not do. */
    public record Failure(DeliveryId id, String error) {}
}
