package dev.muster.a2a;

import dev.muster.app.MusterVersion;
import dev.muster.http.RequestContext;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** What can be called by A2A. */
@Component
class Methods {

    private static final int MAX_TASK_ID = IncomingMessage.MAX_ID + "mission:".length();

    private final Handover handover;
    private final Stories stories;
    private final Waiting waiting;
    private final TaskList list;
    private final TaskStreams streams;

    Methods(Handover handover, Stories stories, Waiting waiting, TaskList list, TaskStreams streams) {
        this.handover = handover;
        this.stories = stories;
        this.waiting = waiting;
        this.list = list;
        this.streams = streams;
    }

    /**
     * Answers a call: with an object, or with a stream of them.
     *
     * @param lastEventId how far the client was told, if it says so
     * @throws A2aError if it can't be answered so
     */
    Object call(RpcRequest request, Optional<String> lastEventId, RequestContext caller) throws InterruptedException {
        var params = request.params();
        return switch (request.method()) {
            case "SendMessage" -> send(params, caller);
            case "SendStreamingMessage" -> sendAndFollow(request, lastEventId, caller);
            case "GetTask" -> get(params);
            case "ListTasks" -> list.list(caller.actor(), params);
            case "CancelTask" -> cancel(params, caller);
            case "SubscribeToTask" -> subscribe(request, lastEventId);
            case "CreateTaskPushNotificationConfig",
                    "GetTaskPushNotificationConfig",
                    "ListTaskPushNotificationConfigs",
                    "DeleteTaskPushNotificationConfig" -> throw noPush();
            case "GetExtendedAgentCard" ->
                throw A2aError.of(
                        ErrorCode.UNSUPPORTED_OPERATION, "There is no extended card; the public one says all.");
            default ->
                throw A2aError.of(
                        ErrorCode.METHOD_NOT_FOUND, "There is no method " + request.method() + " in A2A 1.0.");
        };
    }

    private ObjectNode send(Params params, RequestContext caller) throws InterruptedException {
        var message = IncomingMessage.read(params);
        var configuration = configuration(params);
        var messages = messages(configuration);
        var atOnce = configuration.flag("returnImmediately");
        var story = stories.get(handover.take(message, caller).toString());
        if (!atOnce) {
            waiting.await(story);
        }
        return Story.wrapped("task", story.task(messages, true));
    }

    private Object sendAndFollow(RpcRequest request, Optional<String> lastEventId, RequestContext caller) {
        var message = IncomingMessage.read(request.params());
        var messages = messages(configuration(request.params()));
        var told = told(request.params(), lastEventId);
        var id = handover.take(message, caller);
        var story = told.flatMap(cursor -> stories.asOf(id, cursor)).orElseGet(() -> stories.get(id.toString()));
        return streams.begin(request, story, messages);
    }

    /** A stream that is resumed begins with the task as it was when the client had been told that much. */
    private Object subscribe(RpcRequest request, Optional<String> lastEventId) {
        var story = stories.get(id(request.params()));
        var told = told(request.params(), lastEventId);
        var from = told.flatMap(cursor -> stories.asOf(story.id(), cursor)).orElse(story);
        if (from.state().isEnded()) {
            throw A2aError.of(
                    ErrorCode.UNSUPPORTED_OPERATION,
                    "The task " + story.id() + " has ended, so there is nothing to follow. GetTask tells how.");
        }
        return streams.begin(request, from, Integer.MAX_VALUE);
    }

    private static Optional<Cursor> told(Params params, Optional<String> lastEventId) {
        var inMetadata = params.object("metadata")
                .flatMap(metadata -> metadata.text(Extensions.POSITION))
                .map(text -> Cursor.parse(Extensions.POSITION, text));
        return inMetadata.isPresent()
                ? inMetadata
                : lastEventId.filter(text -> !text.isEmpty()).map(text -> Cursor.parse("Last-Event-ID", text));
    }

    private ObjectNode get(Params params) {
        var messages = messages(params);
        return stories.get(id(params)).task(messages, true);
    }

    private ObjectNode cancel(Params params, RequestContext caller) {
        var story = stories.get(id(params));
        handover.cancel(story, caller);
        return stories.get(story.id().toString()).task(Integer.MAX_VALUE, true);
    }

    private static Params configuration(Params params) {
        var configuration = params.object("configuration").orElseGet(() -> new Params(Json.object(), "configuration."));
        if (configuration.value("taskPushNotificationConfig").isPresent()) {
            throw noPush();
        }
        return configuration;
    }

    private static A2aError noPush() {
        return A2aError.of(
                ErrorCode.PUSH_NOTIFICATION_NOT_SUPPORTED,
                "There are no push notifications here. Follow the task: SubscribeToTask.");
    }

    private static String id(Params params) {
        return params.required("id", MAX_TASK_ID);
    }

    private static int messages(Params params) {
        return params.number("historyLength", 0, Integer.MAX_VALUE).orElse(Integer.MAX_VALUE);
    }

    String version() {
        return MusterVersion.current();
    }
}
