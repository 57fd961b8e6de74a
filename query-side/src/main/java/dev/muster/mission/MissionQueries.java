package dev.muster.mission;

import dev.muster.message.Page;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.mission.MissionQuery.FindMissions;
import dev.muster.mission.MissionQuery.GetMission;
import dev.muster.view.Selection;
import dev.muster.view.ViewStore;
import java.util.Map;
import org.axonframework.queryhandling.QueryHandler;

/** Answers what can be asked about missions. */
public final class MissionQueries {

    private final ViewStore<MissionRow> missions;
    private final ViewStore<MissionTaskRow> tasks;

    public MissionQueries(ViewStore<MissionRow> missions, ViewStore<MissionTaskRow> tasks) {
        this.missions = missions;
        this.tasks = tasks;
    }

    /** The mission is read before its tasks, so that each step that it says has started has its task. */
    @QueryHandler
    public MissionView handle(GetMission query) {
        var id = query.missionId();
        var row = missions.get(id.value()).orElseThrow(() -> notFound(id));
        return row.view(tasks.all(Selection.all().where("mission", id.value())));
    }

    private static Refusal notFound(MissionId mission) {
        return new Refusal(new Problem(
                "mission-not-found",
                "There is no such mission",
                404,
                "There is no mission " + mission.value() + ". Plan it first, or correct the identifier.",
                Map.of("missionId", mission.value())));
    }

    @QueryHandler
    public Page<MissionSummary> handle(FindMissions query) {
        var selection = Selection.all()
                .where("state", query.state() == null ? null : query.state().toString());
        var page = missions.find(selection, query.limit(), query.cursor());
        return new Page<>(page.items().stream().map(MissionRow::summary).toList(), page.next());
    }
}
