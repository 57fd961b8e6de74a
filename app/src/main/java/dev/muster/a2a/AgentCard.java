package dev.muster.a2a;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What Muster says of itself to other agents. */
final class AgentCard {

    static final String PROTOCOL_VERSION = "1.0";
    private static final List<String> MODES = List.of(Parts.TEXT, Parts.JSON);

    private AgentCard() {}

    /**
     * @param base where this server is, as the client sees it, without a slash at its end
     * @param version of this server
     */
    static ObjectNode at(String base, String version) {
        var card = Json.object()
                .put("name", "Muster")
                .put(
                        "description",
                        "A fleet of agents with one shared board of tasks and one replayable history. Hand it work: it is"
                                + " taken by an agent that is capable of it, and can be followed to its end.");
        card.putArray("supportedInterfaces")
                .addObject()
                .put("url", base + "/a2a")
                .put("protocolBinding", "JSONRPC")
                .put("protocolVersion", PROTOCOL_VERSION);
        card.put("version", version);
        var capabilities = card.putObject("capabilities").put("streaming", true).put("pushNotifications", false);
        var extensions = capabilities.putArray("extensions");
        extensions
                .addObject()
                .put("uri", Extensions.POSITION)
                .put(
                        "description",
                        "Each task and update has in its metadata, under this URI, the position of the log up to which it"
                                + " tells, which is the id of the server-sent event too. SubscribeToTask with it, in"
                                + " Last-Event-ID or in params.metadata under this URI, goes on with exactly what came after.")
                .put("required", false);
        extensions
                .addObject()
                .put("uri", Extensions.WORK)
                .put(
                        "description",
                        "The metadata of a message may say, under this URI, what the work needs besides its text:"
                                + " capabilities, priority, labels, deadline, retry, blockers; or a plan of many steps.")
                .put("required", false);
        card.putObject("securitySchemes")
                .putObject("bearer")
                .putObject("httpAuthSecurityScheme")
                .put("scheme", "Bearer")
                .put("description", "A token that the operator of this server has issued to the agent.");
        card.putArray("securityRequirements")
                .addObject()
                .putObject("schemes")
                .putObject("bearer")
                .putArray("list");
        MODES.forEach(card.putArray("defaultInputModes")::add);
        MODES.forEach(card.putArray("defaultOutputModes")::add);
        var skills = card.putArray("skills");
        skill(
                skills.addObject(),
                "task",
                "Have a task done",
                "A message becomes a task: its first line the title, its text the instruction, its data the input. The result"
                        + " is an artifact.",
                List.of("task", "delegation", "work"),
                "Review the pull request 42 for errors in its handling of time zones.");
        skill(
                skills.addObject(),
                "mission",
                "Have a plan carried out",
                "A message with {\"plan\": {\"title\": …, \"steps\": […]}} as its data becomes a mission: each step is done once"
                        + " those that it depends on are, and the result of each is an artifact.",
                List.of("mission", "plan", "workflow", "orchestration"),
                "{\"plan\": {\"title\": \"Release 2\", \"steps\": [{\"stepId\": \"build\", \"title\": \"Build\"}, {\"stepId\":"
                        + " \"publish\", \"title\": \"Publish\", \"dependsOn\": [\"build\"]}]}}");
        return card;
    }

    private static void skill(
            ObjectNode skill, String id, String name, String description, List<String> tags, String example) {
        skill.put("id", id).put("name", name).put("description", description);
        tags.forEach(skill.putArray("tags")::add);
        skill.putArray("examples").add(example);
    }
}
