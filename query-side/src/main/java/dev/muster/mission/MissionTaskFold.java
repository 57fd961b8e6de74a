package dev.muster.mission;

import dev.muster.agent.AgentId;
import dev.muster.mission.MissionTaskRow.Spell;
import dev.muster.task.TaskEvent;
import dev.muster.task.TaskEvent.*;
import dev.muster.task.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A task of a mission while an event is folded into it: who worked on it, and what its time went to. */
final class MissionTaskFold {

    private final MissionTaskRow before;
    private final Instant at;

    private boolean submitted;
    private Spell spell;
    private Instant since;
    private int attempts;
    private List<AgentId> agents;
    private Duration waiting;
    private Duration working;
    private Duration resting;
    private Usage usage;
    private @Nullable Instant endedAt;
    private @Nullable JsonNode result;
    private @Nullable String error;

    /** @param at the time of the event */
    MissionTaskFold(MissionTaskRow row, Instant at) {
        this.before = row;
        this.at = at;
        submitted = row.submitted();
        spell = row.spell();
        since = row.since();
        attempts = row.work().attempts();
        agents = row.work().agents();
        waiting = row.work().waiting();
        working = row.work().working();
        resting = row.work().resting();
        usage = row.work().usage();
        endedAt = row.work().endedAt();
        result = row.result();
        error = row.error();
    }

    MissionTaskRow apply(TaskEvent change) {
        if (change instanceof TaskSubmitted e && before.missionId().equals(e.missionId())) {
            submitted = true;
        }
        if (!submitted || endedAt != null) {
            return before;
        }
        pass();
        if (change instanceof TaskAssigned e) {
            assigned(e);
        } else if (begins(change)) {
            spell = Spell.WORKING;
        } else if (rests(change)) {
            spell = Spell.RESTING;
        } else if (frees(change)) {
            spell = Spell.WAITING;
        } else if (ends(change)) {
            endedAt = at;
        }
        return toRow();
    }

    private static boolean begins(TaskEvent change) {
        return change instanceof TaskStarted || change instanceof TaskResumed || change instanceof InputProvided;
    }

    private static boolean rests(TaskEvent change) {
        return change instanceof TaskSuspended || change instanceof InputRequested || change instanceof RetryScheduled;
    }

    private static boolean frees(TaskEvent change) {
        return change instanceof TaskDeclined
                || change instanceof TaskReleased
                || change instanceof AttemptFailed
                || change instanceof RetryDue;
    }

    private static boolean ends(TaskEvent change) {
        return change instanceof TaskCompleted
                || change instanceof TaskFailed
                || change instanceof TaskRejected
                || change instanceof TaskCanceled;
    }

    private void assigned(TaskAssigned e) {
        spell = Spell.WAITING;
        attempts = e.attempt();
        if (!agents.contains(e.agentId())) {
            var all = new ArrayList<>(agents);
            all.add(e.agentId());
            agents = List.copyOf(all);
        }
    }

    /** Adds up the time since the last event. Events may be some milliseconds out of order; no time passes backwards. */
    private void pass() {
        if (!at.isAfter(since)) {
            return;
        }
        var passed = Duration.between(since, at);
        switch (spell) {
            case WAITING -> waiting = waiting.plus(passed);
            case WORKING -> working = working.plus(passed);
            case RESTING -> resting = resting.plus(passed);
        }
        since = at;
    }

    MissionTaskRow charged(Usage charged) {
        usage = usage.plus(charged);
        return toRow();
    }

    /** The mission has taken note that it ended well. */
    MissionTaskRow completed(@Nullable JsonNode result) {
        this.result = result;
        return over();
    }

    /** The mission has taken note that it ended badly. */
    MissionTaskRow failed(String error) {
        this.error = error;
        return over();
    }

    /** The task has ended before the mission takes note, unless it never came about. */
    private MissionTaskRow over() {
        if (endedAt == null) {
            pass();
            endedAt = at;
        }
        return toRow();
    }

    private MissionTaskRow toRow() {
        var work = new WorkView(
                before.work().taskId(),
                attempts,
                agents,
                waiting,
                working,
                resting,
                usage,
                before.work().startedAt(),
                endedAt);
        return new MissionTaskRow(
                before.missionId(), before.stepId(), before.undo(), submitted, spell, since, work, result, error);
    }
}
