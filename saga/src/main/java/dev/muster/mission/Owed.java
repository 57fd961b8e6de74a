package dev.muster.mission;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.message.Cause;
import org.jspecify.annotations.Nullable;

/**
 * A command that a saga owes until an event shows that it was done.
 *
 * @param key derived from what it follows from, so that sending it again changes nothing
 * @param command stored with the name of its class: a saga that can't be read any more is made again from the log
 * @param onBehalfOf for whom it is sent; none if only for the mission
 */
record Owed(
        String key,
        @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object command,
        Cause cause,
        @Nullable String onBehalfOf) {}
