package dev.muster.mission;

import static dev.muster.mission.MissionEvents.*;
import static java.time.Duration.ofMinutes;

import dev.muster.mission.MissionQuery.GetMission;
import dev.muster.task.TaskId;
import dev.muster.view.ViewStores;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;

/** Views of missions, wherever they are, and a story that is told to them. */
abstract class MissionViewsFixture {

    static final TaskId WALL = task("wall");

    MissionStory story;
    MissionQueries queries;

    abstract ViewStores stores();

    @BeforeEach
    void open() {
        var stores = stores();
        var missions = stores.open(MissionRow.DEFINITION);
        var tasks = stores.open(MissionTaskRow.DEFINITION);
        story = new MissionStory(new MissionProjection(missions, tasks));
        queries = new MissionQueries(missions, tasks);
    }

    void given(Object... events) {
        story.tell(events);
    }

    void after(Duration time, Object... events) {
        story.tell(time, events);
    }

    /** A mission of one step, whose task is on the board since now. */
    void givenWallIsSubmitted() {
        given(planned(step("wall")), started(), stepStarted("wall"), submitted(WALL));
    }

    /** Steps that were done one after the other, in a minute each. */
    void givenDone(String... steps) {
        for (var step : steps) {
            given(stepStarted(step), submitted(task(step)));
            after(ofMinutes(1), completed(task(step)), stepCompleted(step));
        }
    }

    MissionView house() {
        return queries.handle(new GetMission(HOUSE));
    }

    StepView seen(String step) {
        return house().steps().stream()
                .filter(each -> each.stepId().equals(step))
                .findFirst()
                .orElseThrow();
    }

    WorkView work(String step) {
        return seen(step).work();
    }
}
