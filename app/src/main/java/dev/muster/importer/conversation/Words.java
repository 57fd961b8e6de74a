package dev.muster.importer.conversation;

import dev.muster.agent.AgentId;
import dev.muster.message.Actor;
import dev.muster.message.EntityId;
import dev.muster.message.Json;
import dev.muster.task.TaskCommand;
import dev.muster.task.TaskCommand.SubmitTask;
import dev.muster.task.TaskId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What is said and who says it, in the form that commands take. What is too long is cut. */
final class Words {

    private Words() {}

    static SubmitTask submit(TaskId task, String text, @Nullable TaskId parent) {
        return new SubmitTask(
                task,
                cut(text.strip().replaceAll("\\s+", " "), TaskCommand.MAX_TITLE),
                cut(text, TaskCommand.MAX_INSTRUCTION),
                null,
                null,
                null,
                parent,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    static String actor(String speaker) {
        return speaker.equals(Turn.HUMAN)
                ? Actor.operator(Turn.HUMAN).name()
                : agent(speaker).value();
    }

    static AgentId agent(String speaker) {
        var id = identifier(speaker, EntityId.MAX_LENGTH).replaceFirst("^(system|operator):", "$1-");
        return AgentId.of(id.equals(Actor.ANONYMOUS.name()) ? "anonymous-agent" : id);
    }

    static String identifier(String name, int max) {
        return cut(name.strip().replaceAll("[\\s\\p{Cntrl}\\p{Z}]+", "-"), max);
    }

    static String spoken(Turn turn) {
        return turn.text().isBlank() ? "(nothing)" : turn.text();
    }

    /** What does not fit as JSON is cut. */
    static JsonNode result(Turn turn) {
        var text = turn.text();
        JsonNode result = JsonNodeFactory.instance.objectNode().put("text", text);
        while (result.toString().length() > Json.MAX_LENGTH) {
            text = cut(text, text.length() * 9 / 10);
            result = JsonNodeFactory.instance.objectNode().put("text", text);
        }
        return result;
    }

    static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max - 1) + "…";
    }
}
