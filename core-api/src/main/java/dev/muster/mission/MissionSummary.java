package dev.muster.mission;

import dev.muster.task.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mission in a list: {@link MissionView} without its steps.
 *
 * @param steps how many it has
 * @param completed how many of them were completed
 */
public record MissionSummary(
        MissionId missionId,
        String title,
        MissionState state,
        int steps,
        int completed,
        Usage spent,
        @Nullable Instant deadline,
        @Nullable StopReason stopReason,
        Instant plannedAt,
        @Nullable Instant endedAt,
        long version) {}
