package dev.muster.cli.demo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The two missions of the story, who can work on them, and at which tasks something goes wrong. */
final class Plans {

    static final String PERSON = "operator:kim";

    /** Who takes it first dies holding it. */
    static final String DIES = "launch/film";

    static final String FAILS_TWICE = "launch/site";
    static final String ASKS = "launch/copy";
    static final String OVER_BUDGET = "campaign/mail";

    /** Fans out after research and in again before the review. */
    static final Plan LAUNCH = new Plan(
            "launch",
            "Launch the product",
            0,
            List.of(
                    new Plan.Step("research", "Find out what people need", "research", ""),
                    new Plan.Step("copy", "Write the copy", "text", "", "research"),
                    new Plan.Step("film", "Make the film", "film", "", "research"),
                    new Plan.Step("site", "Build the site", "code", "", "research"),
                    new Plan.Step("translate", "Translate the copy", "text", "", "copy"),
                    new Plan.Step("load-test", "Put the site under load", "code", "", "site"),
                    new Plan.Step("review", "Review it all", "review", "", "film", "load-test", "translate"),
                    new Plan.Step("publish", "Publish it", "code", "", "review"),
                    new Plan.Step("announce", "Tell the world", "text", "", "publish")));

    /** What each attempt of its first three steps uses at most fits the budget; with the fourth it does not. */
    static final Plan CAMPAIGN = new Plan(
            "campaign",
            "Fill the hall",
            20_000,
            List.of(
                    new Plan.Step("book", "Book the hall", "market", "Cancel the hall"),
                    new Plan.Step("design", "Design the poster", "market", "Archive the poster", "book"),
                    new Plan.Step("print", "Print the poster", "market", "Recycle the posters", "design"),
                    new Plan.Step("mail", "Write to everybody", "market", "Apologize to everybody", "print"),
                    new Plan.Step("open", "Open the doors", "market", "Close the doors", "mail")));

    /**
     * Chosen so that nobody is ever capable of two ready tasks of a mission, and those who make the film do nothing else
     * in the launch: when a task becomes ready, or a lease ends, is the clock's to say, and the story may not depend on it.
     */
    static final Map<String, List<String>> CREW = new TreeMap<>(Map.of(
            "a1", List.of("research", "text"),
            "a2", List.of("code", "research"),
            "a3", List.of("code"),
            "a4", List.of("film", "market"),
            "a5", List.of("film", "market"),
            "a6", List.of("film", "market"),
            "a7", List.of("code", "review"),
            "a8", List.of("review", "text")));

    private Plans() {}
}
