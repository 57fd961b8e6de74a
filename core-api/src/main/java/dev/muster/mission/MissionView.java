package dev.muster.mission;

import dev.muster.task.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mission as a reader sees it.
 *
 * @param steps in the order of the plan
 * @param spent what all its tasks have used, also in attempts that failed
 * @param stopReason why it was stopped; none if it was not
 * @param detail what is to be said of that
 * @param notUndone the steps that should have been undone and could not be
 * @param criticalPath the steps that decided when it ended, or how far it is: of each the one before is the last to end of
 *     those that it waited for
 * @param version the version of the mission, for {@code If-Match}
 */
public record MissionView(
        MissionId missionId,
        String title,
        MissionState state,
        String plannedBy,
        List<StepView> steps,
        @Nullable Budget budget,
        Usage spent,
        @Nullable Instant deadline,
        @Nullable StopReason stopReason,
        @Nullable String detail,
        Set<String> notUndone,
        List<String> criticalPath,
        Instant plannedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        Instant changedAt,
        long version) {}
