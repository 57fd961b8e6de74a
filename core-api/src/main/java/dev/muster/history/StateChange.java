package dev.muster.history;

import java.util.List;

/**
 * What changed in the state of an entity from one moment to another, which may also be the earlier one.
 *
 * @param fromVersion of the entity at the first moment
 * @param toVersion at the second
 * @param patch applied to the first state it gives the second (RFC 6902)
 */
public record StateChange(String entity, long fromVersion, long toVersion, List<PatchStep> patch) {

    public StateChange {
        patch = List.copyOf(patch);
    }
}
