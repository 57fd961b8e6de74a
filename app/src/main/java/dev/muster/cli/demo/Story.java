package dev.muster.cli.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What happens, in its order. One request is sent at a time; the seed decides who sends the next one and what an attempt
 * costs. What supervision and the sagas bring about is waited for before the next request, so that the clock decides
 * nothing.
 */
final class Story {

    final Course launch = new Course(Plans.LAUNCH);
    final Course campaign = new Course(Plans.CAMPAIGN);

    private final Session session;
    private final Narrator narrator;
    private final Random random;
    private final Script script;
    private final Crew crew;
    private final Waiting await;

    Story(Session session, Narrator narrator, long seed) {
        this.session = session;
        this.narrator = narrator;
        this.random = new Random(seed);
        this.script = new Script(random);
        this.crew = new Crew(session);
        this.await = new Waiting(session, narrator, crew);
    }

    void tell() {
        narrator.chapter("Eight agents join. Each may hold one task at a time.");
        crew.register();
        narrator.chapter(
                "Kim plans a mission of nine steps, which fans out after the first and in again before the review.");
        begin(launch);
        work(launch);
        var dead = crew.holderOf(Plans.DIES);
        narrator.chapter("The rest of the launch waits for " + dead.id + ". Meanwhile: a second mission, on a budget.");
        begin(campaign);
        work(campaign);
        narrator.chapter("Nothing was heard of " + dead.id + ", so supervision gives its task back to the board.");
        await.leaseLost(dead, launch);
        var heir = Crew.pick(takersOf(launch), random);
        claim(heir, launch);
        narrator.chapter(dead.id + " comes back, knows nothing of that, and hands in its film.");
        comeBack(dead);
        narrator.chapter("The launch goes on to its end.");
        work(launch);
    }

    private void begin(Course course) {
        var plan = course.plan;
        session.accepted(
                Plans.PERSON,
                "plan-mission",
                plan.fields(),
                plan.id() + ", " + plan.steps().size() + " steps"
                        + (plan.tokens() > 0 ? ", for " + plan.tokens() + " tokens at most" : ""));
        session.accepted(Plans.PERSON, "start-mission", Map.of("missionId", plan.id()), plan.id());
        await.started(course);
    }

    /** Lets one after the other act, until nobody can. */
    private void work(Course course) {
        while (true) {
            crew.keepAlive();
            var movers = new ArrayList<>(crew.which(Agent::canMove));
            movers.addAll(takersOf(course));
            movers.addAll(crew.which(agent -> agent.holds() && agent.held().asking));
            if (movers.isEmpty()) {
                return;
            }
            var agent = Crew.pick(movers, random);
            if (!agent.holds()) {
                claim(agent, course);
            } else if (agent.held().asking) {
                answer(agent);
            } else {
                move(agent, course);
            }
        }
    }

    private List<Agent> takersOf(Course course) {
        return crew.which(agent -> agent.isIdle() && agent.capabilities.stream().anyMatch(course.ready::containsValue));
    }

    private void claim(Agent agent, Course course) {
        var assignment = session.claim(agent.id, course.plan.id());
        var task = assignment.get("taskId").asString();
        if (course.ready.remove(task) == null) {
            throw new Session.Derailed(agent.id + " was given " + task + ", which should not have been ready");
        }
        var attempt = assignment.get("attempt").asInt();
        var held = new Agent.Held(assignment, script.attempt(task, attempt));
        agent.take(held);
        session.remember(
                new Act(agent.id, "claim-next-task", task + ", attempt " + attempt + ", token " + held.token), false);
        if (task.equals(Plans.FAILS_TWICE) && attempt == 1) {
            var rival = Crew.pick(crew.which(each -> each.isIdle() && each.capabilities.contains("code")), random);
            session.refused(rival.id, "claim-task", Map.of("taskId", task));
        }
    }

    private void move(Agent agent, Course course) {
        var held = agent.held();
        var move = held.moves.remove();
        if (course.isStopped() && !course.isUndo(held.task)) {
            session.refused(agent.id, "complete-task", fields(held, Map.of("usage", usage(move.tokens()))));
            agent.drop();
            return;
        }
        switch (move.kind()) {
            case REPORT -> report(agent, course, move);
            case ASK -> {
                held.asking = true;
                session.accepted(
                        agent.id,
                        "request-input",
                        fields(held, Map.of("question", move.text())),
                        held.task + ": " + move.text());
            }
            case FAIL -> fail(agent, course, move);
            case COMPLETE -> complete(agent, course, move);
            case DIE -> {
                agent.setSilent(true);
                narrator.happened(agent.id + " dies holding " + held.task + ". Nobody knows yet.");
            }
        }
    }

    private void report(Agent agent, Course course, Move move) {
        var held = agent.held();
        course.used(held, move.tokens());
        var result = session.accepted(
                agent.id,
                "report-progress",
                fields(held, Map.of("percent", move.percent(), "note", move.text(), "usage", usage(move.tokens()))),
                held.task + ", " + move.percent() + " %, " + move.tokens() + " tokens");
        held.extended(result);
        if (course.isOverBudget() && !course.isStopped()) {
            await.stopped(course);
        }
    }

    private void answer(Agent agent) {
        var held = agent.held();
        session.accepted(
                Plans.PERSON, "provide-input", Map.of("taskId", held.task, "input", "Aria"), held.task + ": Aria");
        held.asking = false;
    }

    private void fail(Agent agent, Course course, Move move) {
        var held = agent.held();
        course.used(held, move.tokens());
        session.accepted(
                agent.id,
                "fail-task",
                fields(held, Map.of("error", move.text(), "usage", usage(move.tokens()))),
                held.task + ": " + move.text());
        agent.drop();
        await.ready(course, held.task, course.capability(held.task));
    }

    private void complete(Agent agent, Course course, Move move) {
        var held = agent.held();
        course.used(held, move.tokens());
        session.accepted(
                agent.id,
                "complete-task",
                fields(held, Map.of("result", Map.of("by", agent.id, "of", held.task), "usage", usage(move.tokens()))),
                held.task + ", " + move.tokens() + " tokens");
        agent.drop();
        if (course.isUndo(held.task)) {
            course.undone.add(course.stepOf(held.task));
            await.undoing(course);
        } else {
            course.completed.add(course.stepOf(held.task));
            await.started(course);
        }
    }

    private void comeBack(Agent dead) {
        var held = dead.held();
        session.refused(dead.id, "complete-task", fields(held, Map.of("result", Map.of("by", dead.id))));
        dead.drop();
        dead.setSilent(false);
    }

    private static Map<String, Object> fields(Agent.Held held, Map<String, ?> more) {
        var fields = new HashMap<String, Object>(more);
        fields.put("taskId", held.task);
        fields.put("fencingToken", held.token);
        return fields;
    }

    /** Of all tokens a fifth is written, and each costs five millionths. */
    private static Map<String, Long> usage(long tokens) {
        return Map.of("inputTokens", tokens - tokens / 5, "outputTokens", tokens / 5, "costMicros", 5 * tokens);
    }
}
