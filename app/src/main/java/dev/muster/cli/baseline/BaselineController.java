package dev.muster.cli.baseline;

import dev.muster.agent.AgentCommand.RegisterAgent;
import dev.muster.message.Actor;
import dev.muster.message.JsonMappers;
import dev.muster.message.MetaKeys;
import dev.muster.task.TaskCommand.ClaimNextTask;
import dev.muster.task.TaskCommand.CompleteTask;
import dev.muster.task.TaskCommand.ReportProgress;
import dev.muster.task.TaskCommand.SubmitTask;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** As much of Muster's HTTP interface as the task relay needs, in the same words. By its profile it is no part of Muster. */
@RestController
@Profile(AxonBaseline.NAME)
class BaselineController {

    private static final JsonMapper JSON = JsonMappers.edges();
    private static final Map<String, Class<?>> COMMANDS = Map.of(
            "register-agent", RegisterAgent.class,
            "submit-task", SubmitTask.class,
            "claim-next-task", ClaimNextTask.class,
            "report-progress", ReportProgress.class,
            "complete-task", CompleteTask.class);

    private final CommandGateway commands;
    private final DataSource source;
    private final Durability durability;

    /** What the database said of how it syncs. */
    record Durability(String settings) {}

    BaselineController(Configuration axon, DataSource source, Durability durability) {
        this.commands = axon.commandGateway();
        this.source = source;
        this.durability = durability;
    }

    @PostMapping(path = "/api/commands/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] command(@PathVariable String name, @RequestHeader("Muster-Actor") String actor, @RequestBody byte[] fields) {
        var json = (ObjectNode) JSON.readTree(fields);
        if (Actor.of(actor).isAgent() && !json.has("agentId") && !name.equals("submit-task")) {
            json.put("agentId", actor);
        }
        CommandMessage<?> command =
                new GenericCommandMessage<>(JSON.treeToValue(json, COMMANDS.get(name)), Map.of(MetaKeys.ACTOR, actor));
        var result = JSON.valueToTree(commands.sendAndWait(command));
        var answer = new HashMap<String, Object>();
        answer.put("id", result.path("taskId").asString(""));
        answer.put("seen", "");
        answer.put("result", result);
        return JSON.writeValueAsBytes(answer);
    }

    @GetMapping("/api/queries/count-tasks")
    Map<String, Object> count(@RequestParam String label) {
        return Map.of("byState", BaselineView.count(source, label));
    }

    @GetMapping("/api/events")
    Map<String, Object> events(@RequestParam String type, @RequestParam long after, @RequestParam int limit) {
        var page = new LinkedHashMap<String, Object>();
        page.put(
                "items",
                new JdbcTemplate(source)
                        .query(
                                "select globalIndex, aggregateIdentifier from DomainEventEntry"
                                        + " where payloadType = ? and globalIndex > ? order by globalIndex limit ?",
                                (row, number) -> {
                                    page.put("next", row.getLong(1));
                                    return Map.of("subject", row.getString(2));
                                },
                                type,
                                after,
                                limit));
        if (((List<?>) page.get("items")).size() < limit) {
            page.remove("next");
        }
        return page;
    }

    @GetMapping("/actuator/health")
    Map<String, Object> health() {
        return Map.of("status", "UP", "durability", durability.settings());
    }
}
