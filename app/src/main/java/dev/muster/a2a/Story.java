package dev.muster.a2a;

import dev.muster.a2a.Change.Brought;
import dev.muster.a2a.Change.Heard;
import dev.muster.a2a.Change.Said;
import dev.muster.a2a.Change.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A task as A2A tells it, folded of changes one by one. Not thread-safe. */
final class Story {

    private final WorkId id;
    private final String contextId;
    private final Map<String, Brought> artifacts = new LinkedHashMap<>();
    private final List<Said> history = new ArrayList<>();
    private State state = State.SUBMITTED;
    private Instant at = Instant.EPOCH;
    private @Nullable Said message;
    private Cursor reached = Cursor.whole(0);

    Story(WorkId id, String contextId) {
        this.id = id;
        this.contextId = contextId;
    }

    void apply(Change change, Cursor now) {
        reached = now;
        if (change instanceof Status status) {
            if (isPassedOver(status)) {
                return;
            }
            state = status.state().orElse(state);
            message = status.message().orElse(null);
            at = status.at();
            status.message().filter(said -> state == State.INPUT_REQUIRED).ifPresent(history::add);
        } else if (change instanceof Brought brought) {
            artifacts.put(brought.id(), brought);
        } else if (change instanceof Heard heard) {
            history.add(heard.message());
        }
    }

    /** A question stays until it is answered, and what was said at the end, whatever else is said meanwhile. */
    private boolean isPassedOver(Status status) {
        return status.state().isEmpty() && state.isAtRest();
    }

    /** All that happened up to there was told. */
    void reach(Cursor now) {
        reached = now;
    }

    WorkId id() {
        return id;
    }

    String contextId() {
        return contextId;
    }

    State state() {
        return state;
    }

    Instant at() {
        return at;
    }

    Cursor reached() {
        return reached;
    }

    /** Whether that message of that actor has been heard already. */
    boolean hasHeard(String actor, String messageId) {
        return history.stream()
                .anyMatch(said -> said.byClient()
                        && said.id().equals(messageId)
                        && said.actor().equals(actor));
    }

    /** A Task, with the last so many messages. */
    ObjectNode task(int messages, boolean withArtifacts) {
        var task = Json.object().put("id", id.toString()).put("contextId", contextId);
        task.set("status", status());
        if (withArtifacts && !artifacts.isEmpty()) {
            var all = task.putArray("artifacts");
            artifacts.values().forEach(brought -> all.add(artifact(brought)));
        }
        var told = history.subList(Math.max(0, history.size() - messages), history.size());
        if (!told.isEmpty()) {
            var all = task.putArray("history");
            told.forEach(said -> all.add(message(said)));
        }
        task.set("metadata", metadata());
        return task;
    }

    /** The update by which the change that was applied last is told; none where it shows in the history alone. */
    Optional<ObjectNode> update(Change change) {
        if (change instanceof Status status) {
            if (isPassedOver(status)) {
                return Optional.empty();
            }
            var update = update();
            update.set("status", status());
            update.set("metadata", metadata());
            return Optional.of(wrapped("statusUpdate", update));
        }
        if (change instanceof Brought brought) {
            var update = update();
            update.set("artifact", artifact(brought));
            update.put("lastChunk", true);
            update.set("metadata", metadata());
            return Optional.of(wrapped("artifactUpdate", update));
        }
        return Optional.empty();
    }

    private ObjectNode update() {
        return Json.object().put("taskId", id.toString()).put("contextId", contextId);
    }

    static ObjectNode wrapped(String name, ObjectNode content) {
        var wrapped = Json.object();
        wrapped.set(name, content);
        return wrapped;
    }

    private ObjectNode status() {
        var status = Json.object().put("state", state.wire());
        if (message != null) {
            status.set("message", message(message));
        }
        return status.put("timestamp", Json.timestamp(at));
    }

    private ObjectNode message(Said said) {
        var message = Json.object()
                .put("messageId", said.id())
                .put("contextId", contextId)
                .put("taskId", id.toString())
                .put("role", said.byClient() ? "ROLE_USER" : "ROLE_AGENT");
        message.set("parts", said.parts());
        return message;
    }

    private static ObjectNode artifact(Brought brought) {
        var artifact = Json.object().put("artifactId", brought.id()).put("name", brought.name());
        artifact.set("parts", brought.parts());
        return artifact;
    }

    private ObjectNode metadata() {
        return Json.object().put(Extensions.POSITION, reached.toString());
    }
}
