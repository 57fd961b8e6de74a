/**
 * Delivers what subscriptions ask for: to members of a group who fetch, and to webhooks. What is in flight is known in memory
 * alone; what was acknowledged is recorded once a second, and what is parked at once, by the aggregate.
 */
@NullMarked
package dev.muster.subscription;

import org.jspecify.annotations.NullMarked;
