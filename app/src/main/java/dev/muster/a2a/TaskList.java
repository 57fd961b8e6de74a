package dev.muster.a2a;

import dev.muster.http.QueryAsker;
import dev.muster.message.Actor;
import dev.muster.message.Page;
import dev.muster.task.TaskQuery.TaskCounts;
import dev.muster.task.TaskState;
import dev.muster.task.TaskSummary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** The tasks that were handed over by A2A, page by page: found by the views, and told as the log has them. */
@Component
class TaskList {

    private static final int DEFAULT_SIZE = 50;
    private static final int MAX_SIZE = 100;

    /** How many pages of the query are looked through for one of A2A, if few of what they have fits. */
    private static final int MAX_PAGES = 10;

    private final QueryAsker asker;
    private final Stories stories;

    TaskList(QueryAsker asker, Stories stories) {
        this.asker = asker;
        this.stories = stories;
    }

    /**
     * Where a page begins: among the states of Muster that are gone through one after the other, and by the cursor of the query
     * for that one.
     */
    private record Token(int state, String cursor) {

        static Token parse(Optional<String> text, int states) {
            if (text.isEmpty()) {
                return new Token(0, "");
            }
            var parts = text.get().split(":", 2);
            if (parts.length < 2 || !parts[0].matches("\\d") || Integer.parseInt(parts[0]) >= states) {
                throw A2aError.invalid("pageToken", "must be one that was given as nextPageToken with the same filter");
            }
            return new Token(Integer.parseInt(parts[0]), parts[1]);
        }

        @Override
        public String toString() {
            return state + ":" + cursor;
        }
    }

    ObjectNode list(Actor actor, Params params) throws InterruptedException {
        var label = params.bounded("contextId", IncomingMessage.MAX_ID)
                .map(Handover::label)
                .orElse(Handover.LABEL);
        var wanted = params.text("status").flatMap(text -> State.parse("status", text));
        var states = wanted.map(State::of)
                .map(of -> of.stream().map(Optional::of).toList())
                .orElse(List.of(Optional.empty()));
        var size = params.number("pageSize", 1, MAX_SIZE).orElse(DEFAULT_SIZE);
        var messages = params.number("historyLength", 0, Integer.MAX_VALUE).orElse(0);
        var since = params.instant("statusTimestampAfter");
        var artifacts = params.flag("includeArtifacts");
        var token = Token.parse(params.text("pageToken"), Math.max(1, states.size()));

        var result = Json.object();
        var tasks = result.putArray("tasks");
        var next = Optional.of(token).filter(any -> !states.isEmpty());
        for (var pages = 0; next.isPresent() && tasks.size() < size && pages < MAX_PAGES; pages++) {
            var at = next.get();
            var page = page(actor, label, states.get(at.state()), size - tasks.size(), at.cursor());
            page.items().stream()
                    .flatMap(task -> stories.find(WorkId.ofTask(task.taskId().value())).stream())
                    .filter(story -> isSince(story, since))
                    .forEach(story -> tasks.add(task(story, messages, artifacts)));
            next = next(at, page.next(), states.size());
        }
        return result.put("nextPageToken", next.map(Token::toString).orElse(""))
                .put("pageSize", size)
                .put("totalSize", count(actor, label, states));
    }

    private static Optional<Token> next(Token at, @Nullable String cursor, int states) {
        if (cursor != null) {
            return Optional.of(new Token(at.state(), cursor));
        }
        return at.state() + 1 < states ? Optional.of(new Token(at.state() + 1, "")) : Optional.empty();
    }

    private static boolean isSince(Story story, Optional<Instant> since) {
        return since.isEmpty() || !story.at().isBefore(since.get());
    }

    /** Without artifacts the field is left out, even an empty one. */
    private static ObjectNode task(Story story, int messages, boolean artifacts) {
        var task = story.task(messages, artifacts);
        if (artifacts) {
            task.withArray("artifacts");
        }
        return task;
    }

    @SuppressWarnings("unchecked")
    private Page<TaskSummary> page(Actor actor, String label, Optional<TaskState> state, int limit, String cursor)
            throws InterruptedException {
        var fields = Json.object().put("label", label).put("limit", limit);
        state.ifPresent(only -> fields.put("state", only.toString()));
        if (!cursor.isEmpty()) {
            fields.put("cursor", cursor);
        }
        return (Page<TaskSummary>) ask(actor, "find-tasks", fields);
    }

    private long count(Actor actor, String label, List<Optional<TaskState>> states) throws InterruptedException {
        var counts = (TaskCounts) ask(actor, "count-tasks", Json.object().put("label", label));
        return states.stream()
                .mapToLong(state ->
                        state.isEmpty() ? counts.total() : counts.byState().getOrDefault(state.get(), 0L))
                .sum();
    }

    private Object ask(Actor actor, String query, ObjectNode fields) throws InterruptedException {
        var entry = asker.entry(query);
        return asker.ask(actor, entry, asker.read(entry, fields), QueryAsker.When.NOW)
                .value();
    }
}
