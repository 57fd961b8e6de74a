package dev.muster.mission;

import dev.muster.message.Check;
import dev.muster.message.Description;
import dev.muster.message.OfEntity;
import dev.muster.message.Page;
import org.jspecify.annotations.Nullable;

/** What can be asked about missions. */
public sealed interface MissionQuery {

    @Description("One mission: its steps, who worked on them, where it waited, what it has used")
    record GetMission(@OfEntity MissionId missionId) implements MissionQuery {
        public GetMission {
            Check.required("missionId", missionId);
        }
    }

    /** The answer is a {@link Page} of {@link MissionSummary}, in the order in which they were planned. */
    @Description("The missions that fit, in the order in which they were planned")
    record FindMissions(
            @Description("Only those in this state") @Nullable
            MissionState state,

            @Description("How many at most: 1 to 500, 50 if left out") @Nullable
            Integer limit,

            @Description("What the page before gave as next; the first page if left out") @Nullable
            String cursor)
            implements MissionQuery {
        public FindMissions {
            limit = Page.limit(limit);
        }
    }
}
