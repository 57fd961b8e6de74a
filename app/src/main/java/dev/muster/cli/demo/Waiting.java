package dev.muster.cli.demo;

import java.time.Duration;
import java.time.Instant;

/** Waits for what supervision and the sagas bring about after a command's answer, so that the story goes on from one state. */
final class Waiting {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Session session;
    private final Narrator narrator;
    private final Crew crew;

    Waiting(Session session, Narrator narrator, Crew crew) {
        this.session = session;
        this.narrator = narrator;
        this.crew = crew;
    }

    /** The steps that the last end of one has let start are ready; or the mission is completed, if it was the last one. */
    void started(Course course) {
        for (var step : course.start()) {
            ready(course, course.task(step), step.capability());
        }
        if (course.completed.size() == course.plan.steps().size()) {
            ended(course, "completed");
        }
    }

    void ready(Course course, String task, String capability) {
        session.await(task(task), known -> known.path("ready").asBoolean(false), PATIENCE, crew::keepAlive);
        course.ready.put(task, capability);
        narrator.happened(task + " is ready");
    }

    /** The mission is stopped over its budget, and what ran is canceled. */
    void stopped(Course course) {
        course.stop();
        for (var step : course.running()) {
            session.await(
                    task(course.plan.id() + "/" + step),
                    known -> known.path("state").asString("").equals("canceled"),
                    PATIENCE,
                    crew::keepAlive);
            narrator.happened(course.plan.id() + " is over its budget of " + course.plan.tokens()
                    + " tokens and stopped; " + step + " is canceled");
        }
        undoing(course);
    }

    /** The next step to be undone is ready to be; or the mission has ended, if that was the last one. */
    void undoing(Course course) {
        var left = course.completed.size() - course.undone.size();
        if (left == 0) {
            ended(course, "failed");
        } else {
            var step = course.completed.get(left - 1);
            ready(course, course.undo(step), course.plan.step(step).capability());
        }
    }

    private void ended(Course course, String state) {
        session.await(
                "/api/queries/get-mission?missionId=" + course.plan.id(),
                known -> known.path("state").asString("").equals(state),
                PATIENCE,
                crew::keepAlive);
        narrator.happened("mission " + course.plan.id() + " has ended: " + state);
    }

    /** Supervision has taken the task from who died holding it. */
    void leaseLost(Agent dead, Course course) {
        var held = dead.held();
        var rest = Duration.between(Instant.now(), held.leaseEnds());
        session.await(
                task(held.task),
                known -> known.path("attempt").asInt(0) > held.attempt
                        && known.path("ready").asBoolean(false),
                PATIENCE.plus(rest.isNegative() ? Duration.ZERO : rest),
                crew::keepAlive);
        course.ready.put(held.task, course.capability(held.task));
        narrator.happened("the lease of " + dead.id + " has ended; " + held.task + " is ready");
    }

    private static String task(String task) {
        return "/api/queries/get-task?taskId=" + task;
    }
}
