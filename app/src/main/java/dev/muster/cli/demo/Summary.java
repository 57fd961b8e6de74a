package dev.muster.cli.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What is said of the run at its end. Each line is made from the answer to a query, which is printed with it. */
final class Summary {

    private final Session session;
    private final Narrator narrator;
    private final String url;
    private final Course launch;
    private final Course campaign;

    Summary(Session session, Narrator narrator, String url, Story story) {
        this.session = session;
        this.narrator = narrator;
        this.url = url;
        this.launch = story.launch;
        this.campaign = story.campaign;
    }

    /** @param holds whether the answer says what the line says */
    private record Line(String text, boolean holds) {}

    /** @return whether every line holds */
    boolean prove() {
        var holds = new ArrayList<Boolean>();
        holds.add(prove(mission("launch"), this::allStepsCompleted));
        holds.add(prove("/api/queries/get-task?taskId=launch/review", Summary::resultsHandedOn));
        holds.add(proveByHistory("task/" + Plans.DIES, this::deathAndHeir));
        holds.add(proveByHistory("task/" + Plans.DIES, this::lateIsUnheard));
        holds.add(proveByHistory("task/" + Plans.FAILS_TWICE, Summary::thirdAttempt));
        holds.add(proveByHistory("task/" + Plans.ASKS, Summary::questionAndAnswer));
        holds.add(prove(mission("campaign"), this::stoppedOverBudget));
        holds.add(proveByHistory("mission/campaign", this::undoneInReverse));
        holds.add(prove(mission("launch"), answer -> spent(answer, launch)));
        holds.add(prove("/api/events?limit=500", this::heldByOneAtATime));
        return !holds.contains(false);
    }

    private boolean prove(String path, Function<JsonNode, Line> reading) {
        var line = reading.apply(session.get(path));
        narrator.proof(line.holds(), line.text(), "curl -H \"Authorization: Bearer $TOKEN\" '" + url + path + "'");
        return line.holds();
    }

    private boolean proveByHistory(String entity, Function<History, Line> reading) {
        return prove(
                "/api/queries/get-history?entity=" + entity + "&limit=500",
                answer -> reading.apply(new History(answer)));
    }

    private Line allStepsCompleted(JsonNode mission) {
        var all = launch.plan.steps().size();
        var completed = mission.get("steps")
                .valueStream()
                .filter(step -> step.path("state").asString().equals("completed"))
                .count();
        return new Line(
                completed + " of " + all + " steps of launch are completed, and so is the mission",
                completed == all && mission.path("state").asString().equals("completed"));
    }

    private static Line resultsHandedOn(JsonNode task) {
        var results = new ArrayList<>(task.at("/input/results").propertyNames());
        Collections.sort(results);
        return new Line(
                "The review was handed the results of " + String.join(", ", results),
                results.equals(List.of("film", "load-test", "translate")));
    }

    private Line deathAndHeir(History history) {
        var dead = history.actor("TaskAssigned");
        var heir = history.actor("TaskCompleted");
        return new Line(
                dead + " died holding " + Plans.DIES + "; its lease ended, and " + heir + " made the film",
                !dead.equals(heir)
                        && history.types().containsAll(List.of("LeaseExpired", "TaskCompleted"))
                        && history.first("LeaseExpired")
                                .at("/data/agentId")
                                .asString("")
                                .equals(dead)
                        && history.first("TaskCompleted")
                                        .at("/data/fencingToken")
                                        .asLong()
                                == 2);
    }

    private Line lateIsUnheard(History history) {
        var late = session.acts().stream()
                .filter(act -> act.outcome().equals(Plans.DIES + ", task-lease-lost"))
                .findFirst();
        var dead = history.actor("TaskAssigned");
        var after = history.types().indexOf("LeaseExpired");
        var heard = history.events().stream()
                .skip(Math.max(0, after))
                .anyMatch(event -> event.path("actor").asString().equals(dead));
        return new Line(
                dead + " came back too late, was refused (task-lease-lost), and left no event after its lease",
                after > 0 && !heard && late.isPresent() && late.get().actor().equals(dead));
    }

    private static Line thirdAttempt(History history) {
        var types = history.types();
        return new Line(
                Plans.FAILS_TWICE + " failed " + Collections.frequency(types, "AttemptFailed")
                        + " times and was completed by attempt " + Collections.frequency(types, "TaskAssigned"),
                Collections.frequency(types, "AttemptFailed") == 2
                        && Collections.frequency(types, "TaskAssigned") == 3
                        && types.contains("TaskCompleted"));
    }

    private static Line questionAndAnswer(History history) {
        var asked = history.first("InputRequested");
        var given = history.first("InputProvided");
        return new Line(
                asked.path("actor").asString("") + " asked \""
                        + asked.at("/data/question").asString("") + "\", and "
                        + given.path("actor").asString("") + " said "
                        + given.at("/data/input").asString(""),
                given.path("actor").asString("").equals(Plans.PERSON)
                        && given.path("position").asLong()
                                > asked.path("position").asLong());
    }

    private Line stoppedOverBudget(JsonNode mission) {
        var spent = tokens(mission);
        var budget = mission.at("/budget/tokens").asLong();
        return new Line(
                String.format(
                        Locale.ROOT,
                        "campaign was stopped over its budget of %,d tokens; with being undone it used %,d",
                        budget,
                        spent),
                mission.path("state").asString().equals("failed")
                        && mission.path("stopReason").asString("").equals("budget")
                        && spent > budget
                        && spent == campaign.tokens());
    }

    private Line undoneInReverse(History history) {
        var completed = steps(history.all("StepCompleted"));
        var undone = steps(history.all("StepCompensated"));
        var reversed = new ArrayList<>(completed);
        Collections.reverse(reversed);
        return new Line(
                "Its completed steps " + String.join(", ", completed) + " were undone in reverse: "
                        + String.join(", ", undone),
                !undone.isEmpty() && undone.equals(reversed) && undone.equals(campaign.undone));
    }

    private Line spent(JsonNode mission, Course course) {
        var tokens = tokens(mission);
        var cost = mission.at("/spent/costMicros").asLong() / 1e6;
        return new Line(
                String.format(
                        Locale.ROOT,
                        "launch used %,d tokens at a cost of %.2f: the sum of what all attempts reported, the failed ones too",
                        tokens,
                        cost),
                tokens == course.tokens());
    }

    private Line heldByOneAtATime(JsonNode log) {
        var holders = new Holders();
        for (var page = log; ; ) {
            page.get("items").forEach(holders::accept);
            if (!page.has("next")) {
                break;
            }
            page = session.get("/api/events?limit=500&after=" + page.get("next").asLong());
        }
        return new Line(
                "Nobody got a task that somebody held: of " + holders.assignments() + " assignments "
                        + holders.whileHeld()
                        + " came before the one before had ended",
                holders.whileHeld() == 0
                        && holders.assignments() > launch.plan.steps().size());
    }

    private static long tokens(JsonNode mission) {
        return mission.at("/spent/inputTokens").asLong()
                + mission.at("/spent/outputTokens").asLong();
    }

    private static String mission(String mission) {
        return "/api/queries/get-mission?missionId=" + mission;
    }

    private static List<String> steps(List<JsonNode> events) {
        return events.stream().map(event -> event.at("/data/stepId").asString()).toList();
    }
}
