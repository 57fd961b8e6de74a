package dev.muster.mission;

import dev.muster.task.Usage;

/**
 * A task of a mission that has not ended, as far as the mission knows.
 *
 * @param undo whether it undoes the step
 * @param submitted whether it is on the board; before that, a task of its identifier is somebody else's
 * @param fencingToken of its last assignment; 0 before the first
 * @param usage the total of that attempt
 */
record RunningTask(String stepId, boolean undo, boolean submitted, long fencingToken, Usage usage) {

    static RunningTask begun(String stepId, boolean undo) {
        return new RunningTask(stepId, undo, false, 0, Usage.NONE);
    }

    RunningTask onTheBoard() {
        return new RunningTask(stepId, undo, true, fencingToken, usage);
    }

    RunningTask assigned(long token) {
        return new RunningTask(stepId, undo, submitted, token, Usage.NONE);
    }

    RunningTask having(Usage total) {
        return new RunningTask(stepId, undo, submitted, fencingToken, total);
    }
}
