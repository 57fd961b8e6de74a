/**
 * A subscription: whose events are delivered to a group of consumers, each until it is acknowledged. What can be asked of
 * one, what happened to it, and what can be known about it; how events are delivered is a matter of the application.
 */
@NullMarked
package dev.muster.subscription;

import org.jspecify.annotations.NullMarked;
