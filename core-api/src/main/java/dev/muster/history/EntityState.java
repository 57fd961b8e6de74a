package dev.muster.history;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * The state of an entity's aggregate at a moment.
 *
 * @param version of the entity then
 * @param position of the last event that made it so
 * @param time of that event
 * @param state the fields of the aggregate, in the form in which snapshots keep them
 */
public record EntityState(String entity, long version, long position, Instant time, JsonNode state) {}
