/**
 * The HTTP edge: commands, queries and the log, and what describes them. All of it is made from the message catalog; it
 * knows no message of a feature.
 */
@NullMarked
package dev.muster.http;

import org.jspecify.annotations.NullMarked;
