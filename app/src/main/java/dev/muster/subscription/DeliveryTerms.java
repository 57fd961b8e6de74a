package dev.muster.subscription;

import java.time.Duration;

/**
 * What bounds the deliveries of a subscription.
 *
 * @param window how many of its events are looked after at a time: delivered, waiting behind others of their entity, or
 *     acknowledged while an earlier one is not
 * @param acknowledgeWithin after which an event that was not acknowledged is delivered again
 * @param tries how often an event is delivered before it is parked
 * @param backoff after which one that failed is delivered again; twice as long each time
 * @param backoffLimit how long that gets
 */
record DeliveryTerms(int window, Duration acknowledgeWithin, int tries, Duration backoff, Duration backoffLimit) {

    /** How long to wait after so many tries, from 1. */
    Duration backoffAfter(int failed) {
        var wait = backoff;
        for (int i = 1; i < failed && wait.compareTo(backoffLimit) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(backoffLimit) < 0 ? wait : backoffLimit;
    }
}
