package dev.muster.mission;

import static dev.muster.mission.MissionEvents.*;
import static dev.muster.mission.MissionStory.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MissionRowTest {

    /** The two are read one after the other, and what is committed in between must not make an answer of two halves. */
    @Test
    void tasks_that_the_mission_does_not_know_of_yet_are_not_shown() {
        var mission = MissionRow.planned(planned(step("wall")), NOW, 0);
        var work = MissionTaskRow.started(HOUSE, "wall", false, task("wall"), NOW);
        var undo = MissionTaskRow.started(HOUSE, "wall", true, Work.undoOf(HOUSE, "wall"), NOW);
        var view = mission.view(List.of(work, undo));
        assertThat(view.steps().get(0).work()).isNull();
        assertThat(view.steps().get(0).undo()).isNull();
        assertThat(view.criticalPath()).isEmpty();
    }
}
