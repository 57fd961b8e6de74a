/**
 * Replays recorded conversations of agents, in the form of the data set Who&amp;When: who handed what to whom, and which turn
 * referred to which. It knows no store and no server.
 */
@NullMarked
package dev.muster.importer.conversation;

import org.jspecify.annotations.NullMarked;
