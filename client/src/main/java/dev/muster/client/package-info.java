/**
 * A client of Muster for programs in Java: {@link dev.muster.client.MusterClient} sends commands and asks queries,
 * {@link dev.muster.client.Agent} claims tasks and works on them, {@link dev.muster.client.EventStream} follows the log. It
 * needs the JDK's HTTP client and Jackson, and nothing of the server.
 */
@NullMarked
package dev.muster.client;

import org.jspecify.annotations.NullMarked;
