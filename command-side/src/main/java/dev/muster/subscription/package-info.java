/** The aggregate of subscriptions: who may change one, how far it is, and what is parked. It delivers nothing itself. */
@NullMarked
package dev.muster.subscription;

import org.jspecify.annotations.NullMarked;
