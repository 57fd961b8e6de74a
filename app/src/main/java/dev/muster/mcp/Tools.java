package dev.muster.mcp;

import dev.muster.app.MusterProperties;
import dev.muster.http.CommandReader;
import dev.muster.http.CommandSender;
import dev.muster.http.HttpProblem;
import dev.muster.http.QueryAsker;
import dev.muster.http.RequestContext;
import dev.muster.message.MessageCatalog;
import dev.muster.message.Problem;
import dev.muster.message.Role;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every command and query that an agent may use, as a tool; what only operators or the system may send is none. They are the
 * same for everybody and do not change while the server runs, so the list is made once, when it is first asked for.
 */
@Component
@Lazy
class Tools {

    private final Map<String, Tool> tools = new TreeMap<>();
    private final ObjectNode list = Json.object();

    Tools(
            MessageCatalog catalog,
            CommandReader reader,
            CommandSender sender,
            QueryAsker asker,
            MusterProperties properties) {
        var waitLimit = properties.query().waitLimit();
        catalog.commands().stream()
                .filter(entry -> entry.role() == Role.ANYBODY)
                .forEach(entry -> add(new CommandTool(entry, reader, sender, waitLimit)));
        catalog.queries().stream()
                .filter(entry -> entry.role() == Role.ANYBODY)
                .forEach(entry -> add(new QueryTool(entry, asker)));
        var described = list.putArray("tools");
        tools.values().forEach(tool -> described.add(tool.description()));
    }

    private void add(Tool tool) {
        tools.put(tool.name(), tool);
    }

    /** All tools, by name; a copy. */
    ObjectNode list() {
        return list.deepCopy();
    }

    /**
     * What came of a call, as text and as structured content. What was refused, or went wrong, is told in the same way with
     * {@code isError}, so that an agent reads it and can do better.
     *
     * @throws RpcError if there is no such tool
     */
    ObjectNode call(String name, ObjectNode arguments, RequestContext caller) throws InterruptedException {
        var tool = tools.get(name);
        if (tool == null) {
            throw RpcError.invalidParams("There is no tool " + name + ". tools/list names those there are.");
        }
        try {
            var content = tool.call(arguments, caller);
            return result(Json.text(content), content).put("isError", false);
        } catch (RuntimeException e) {
            var problem = HttpProblem.of(e);
            return result(words(problem), Json.tree(HttpProblem.toJson(problem)))
                    .put("isError", true);
        }
    }

    private static ObjectNode result(String text, ObjectNode structured) {
        var result = Json.object();
        result.putArray("content").addObject().put("type", "text").put("text", text);
        result.set("structuredContent", structured);
        return result;
    }

    /** What is wrong, and what to do next: most problems say both. */
    private static String words(Problem problem) {
        var said = "Refused (" + problem.code() + "): " + problem.detail();
        var saysBoth = problem.detail().contains(". ") && !problem.extras().containsKey("retryAfterSeconds");
        return saysBoth ? said : said + " " + next(problem);
    }

    private static String next(Problem problem) {
        if (problem.extras().get("retryAfterSeconds") instanceof Number seconds) {
            return "Call it again in " + seconds + " s.";
        }
        return switch (problem.status()) {
            case 400 -> "Correct the arguments and call it again.";
            case 401, 403 -> "Calling it again will not help.";
            case 404 -> "Look for the right identifier with a find_ tool.";
            case 409, 412 -> "Read it again with its get_ tool, and decide whether the call still makes sense.";
            case 413 -> "Call it again with less.";
            case 422 -> "It will be refused as long as this is so.";
            default -> "Call it again with the same idempotencyKey, or tell the operator.";
        };
    }
}
