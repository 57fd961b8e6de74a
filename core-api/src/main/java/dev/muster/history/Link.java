package dev.muster.history;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why an event is taken to have led to another one. An event has one link at most: the first of these that there is. */
public enum Link {
    /** The other event is what the command was sent for, as recorded with it. */
    @JsonProperty("cause")
    CAUSE,
    /** A client asked for it, of another entity: the other event is the first of the same command. */
    @JsonProperty("with")
    WITH,
    /** A client asked for it: the other event is what had happened to the same entity just before. */
    @JsonProperty("before")
    BEFORE
}
