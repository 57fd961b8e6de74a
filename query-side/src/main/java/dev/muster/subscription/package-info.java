/** The view of subscriptions: on what terms each delivers, how far it is, and what is parked. */
@NullMarked
package dev.muster.subscription;

import org.jspecify.annotations.NullMarked;
