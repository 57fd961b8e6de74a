package dev.muster.a2a;

import dev.muster.http.CommandReader;
import dev.muster.http.CommandSender;
import dev.muster.http.MadeIds;
import dev.muster.http.RequestContext;
import dev.muster.message.Refusal;
import dev.muster.task.TaskCommand;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes commands of the messages of other agents, each sent as the agent that the caller is. A message that is sent again leads
 * to the same commands with the same keys, and so to nothing new.
 */
@Component
class Handover {

    /** What all tasks have that were handed over by A2A. */
    static final String LABEL = "a2a";

    private static final String CONTEXT_LABEL = "a2a-context:";

    private final CommandReader reader;
    private final CommandSender sender;
    private final Stories stories;

    Handover(CommandReader reader, CommandSender sender, Stories stories) {
        this.reader = reader;
        this.sender = sender;
        this.stories = stories;
    }

    /** By which the tasks of a context are found. */
    static String label(String contextId) {
        return CONTEXT_LABEL + contextId;
    }

    /**
     * What a message is about, once it is in the log.
     *
     * @throws A2aError if it can't be taken
     */
    WorkId take(IncomingMessage message, RequestContext caller) {
        if (message.taskId().isPresent()) {
            return followUp(message.taskId().get(), message, caller);
        }
        if (message.plan().isPresent()) {
            return mission(message, message.plan().get(), caller);
        }
        return task(message, caller);
    }

    private WorkId task(IncomingMessage message, RequestContext caller) {
        var id = WorkId.ofTask(MadeIds.make(caller.actor().name(), "A2A SubmitTask", message.id()));
        var contextId = message.contextId().orElse(id.toString());
        var fields = message.work().deepCopy();
        fields.put("taskId", id.id().value());
        title(fields, message);
        if (!message.text().isEmpty()) {
            fields.put("instruction", message.text());
        }
        message.data().ifPresent(data -> fields.set("input", data));
        labels(fields).add(LABEL).add(label(contextId));
        create("submit-task", fields, contextId, message, caller);
        return id;
    }

    private static void title(ObjectNode fields, IncomingMessage message) {
        if (!fields.has("title")) {
            fields.put("title", message.title(TaskCommand.MAX_TITLE).orElse("Message " + message.id()));
        }
    }

    private static ArrayNode labels(ObjectNode fields) {
        var labels = fields.get("labels");
        if (labels == null || labels.isNull()) {
            return fields.putArray("labels");
        }
        if (labels instanceof ArrayNode list) {
            return list;
        }
        throw A2aError.invalid("message.metadata." + Extensions.WORK + ".labels", "must be a list");
    }

    private WorkId mission(IncomingMessage message, ObjectNode plan, RequestContext caller) {
        var id = WorkId.ofMission(MadeIds.make(caller.actor().name(), "A2A PlanMission", message.id()));
        var contextId = message.contextId().orElse(id.toString());
        var fields = plan.deepCopy();
        fields.put("missionId", id.id().value());
        title(fields, message);
        create("plan-mission", fields, contextId, message, caller);
        if (stories.find(id).filter(story -> story.state() == State.SUBMITTED).isPresent()) {
            var start = Json.object().put("missionId", id.id().value());
            send("start-mission", start, message.id() + "/start", contextId, message.id(), caller);
        }
        return id;
    }

    private void create(
            String command, ObjectNode fields, String contextId, IncomingMessage message, RequestContext caller) {
        try {
            send(command, fields, message.id(), contextId, message.id(), caller);
        } catch (Refusal e) {
            // Sent again when so much has happened that its key is forgotten: what has this identifier was made by it.
            if (!e.problem().code().endsWith("-exists")) {
                throw e;
            }
        }
    }

    private WorkId followUp(String taskId, IncomingMessage message, RequestContext caller) {
        var story = stories.get(taskId);
        var id = story.id();
        if (message.contextId()
                .filter(other -> !other.equals(story.contextId()))
                .isPresent()) {
            throw A2aError.invalid("message.contextId", "must be that of the task, " + story.contextId());
        }
        if (story.hasHeard(caller.actor().name(), message.id())) {
            return id;
        }
        if (story.state().isEnded()) {
            throw A2aError.of(
                    ErrorCode.UNSUPPORTED_OPERATION,
                    "The task " + id + " has ended. Send a message without taskId, and with contextId "
                            + story.contextId() + " if it belongs to it.");
        }
        if (id.isMission()) {
            throw A2aError.of(
                    ErrorCode.UNSUPPORTED_OPERATION,
                    "A mission takes no messages. Send it to the task of a step: "
                            + id.id().value() + "/STEP.");
        }
        if (story.state() != State.INPUT_REQUIRED || !answer(story, message, caller)) {
            var fields = Json.object().put("taskId", id.id().value()).put("text", message.comment());
            send("comment-on-task", fields, message.id(), story.contextId(), message.id(), caller);
        }
        return id;
    }

    /** Whether the question still stood. */
    private boolean answer(Story story, IncomingMessage message, RequestContext caller) {
        var fields = Json.object().put("taskId", story.id().id().value());
        fields.set("input", message.answer());
        try {
            send("provide-input", fields, message.id(), story.contextId(), message.id(), caller);
            return true;
        } catch (Refusal e) {
            if (e.problem().code().equals("task-wrong-state")) {
                return false;
            }
            throw e;
        }
    }

    /** @throws A2aError if it has ended, or the caller may not end it */
    void cancel(Story story, RequestContext caller) {
        var id = story.id();
        var fields = Json.object()
                .put(id.isMission() ? "missionId" : "taskId", id.id().value());
        try {
            send(id.isMission() ? "cancel-mission" : "cancel-task", fields, story.contextId(), caller);
        } catch (Refusal e) {
            var status = e.problem().status();
            if (status >= 500 || status == 401 || status == 404) {
                throw e;
            }
            throw A2aError.of(ErrorCode.TASK_NOT_CANCELABLE, e.problem());
        }
    }

    private void send(String command, ObjectNode fields, String contextId, RequestContext caller) {
        var entry = reader.entry(command);
        sender.send(
                entry, fields, reader.read(entry, fields, caller.actor(), null), Causes.metadata(caller, contextId));
    }

    private void send(
            String command, ObjectNode fields, String key, String contextId, String messageId, RequestContext caller) {
        var entry = reader.entry(command);
        sender.send(
                entry,
                fields,
                reader.read(entry, fields, caller.actor(), key),
                Causes.metadata(caller, messageId, contextId, key));
    }
}
