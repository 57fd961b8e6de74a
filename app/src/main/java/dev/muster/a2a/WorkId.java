package dev.muster.a2a;

import dev.muster.message.EntityId;
import dev.muster.message.InvalidField;
import dev.muster.mission.MissionId;
import dev.muster.task.TaskId;
import java.util.Optional;

/** What A2A knows as a task: a task of Muster, by its identifier, or a mission, by {@code mission:} and its identifier. */
record WorkId(EntityId id) {

    private static final String MISSION = "mission:";

    static WorkId ofTask(String id) {
        return new WorkId(TaskId.of(id));
    }

    static WorkId ofMission(String id) {
        return new WorkId(MissionId.of(id));
    }

    /** None for what can't be an identifier, and so is nobody's. */
    static Optional<WorkId> parse(String text) {
        try {
            return Optional.of(text.startsWith(MISSION) ? ofMission(text.substring(MISSION.length())) : ofTask(text));
        } catch (InvalidField e) {
            return Optional.empty();
        }
    }

    boolean isMission() {
        return id instanceof MissionId;
    }

    /** As it stands in the log. */
    String entity() {
        return id.stored();
    }

    /** As A2A sees it. */
    @Override
    public String toString() {
        return isMission() ? MISSION + id.value() : id.value();
    }
}
