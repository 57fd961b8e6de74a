package dev.muster.a2a;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message that a client sends.
 *
 * @param id by the client; the same message again has the same
 * @param text all its text, a paragraph for each part; empty if it has none
 * @param data what it brings besides; none, one, or a list of many
 * @param work what {@link Extensions#WORK} says in its metadata
 * @param plan of a mission, if it asks for one
 */
record IncomingMessage(
        String id,
        Optional<String> contextId,
        Optional<String> taskId,
        String text,
        Optional<JsonNode> data,
        ObjectNode work,
        Optional<ObjectNode> plan) {

    static final int MAX_ID = 128;
    private static final int MAX_PARTS = 100;
    private static final String PLAN = "plan";
    private static final List<String> CONTENTS = List.of("text", "raw", "url", "data");

    /** @throws A2aError if it is not as A2A has it, or brings what is not taken */
    static IncomingMessage read(Params params) {
        var message = params.object("message").orElseThrow(() -> A2aError.invalid("message", "is required"));
        var id = message.required("messageId", MAX_ID);
        var contextId = message.bounded("contextId", MAX_ID);
        var taskId = message.bounded("taskId", MAX_ID + "mission:".length());
        if (!message.required("role", MAX_ID).equals("ROLE_USER")) {
            throw A2aError.invalid("message.role", "must be ROLE_USER");
        }
        var parts = message.objects("parts");
        if (parts.isEmpty() || parts.size() > MAX_PARTS) {
            throw A2aError.invalid("message.parts", "must be from 1 to " + MAX_PARTS);
        }
        var texts = new ArrayList<String>();
        var data = Json.array();
        for (var part : parts) {
            switch (content(part)) {
                case "text" -> texts.add(textOf(part));
                case "data" -> data.add(part.json().get("data"));
                case "url" -> data.add(link(part));
                default ->
                    throw A2aError.of(
                            ErrorCode.CONTENT_TYPE_NOT_SUPPORTED,
                            part.path() + "raw is not taken. Send text, data, or the url where the file is.");
            }
        }
        var work = message.object("metadata")
                .flatMap(metadata -> metadata.object(Extensions.WORK))
                .map(Params::json)
                .orElseGet(Json::object);
        return new IncomingMessage(
                id,
                contextId,
                taskId,
                texts.stream().filter(text -> !text.isBlank()).collect(Collectors.joining("\n\n")),
                data.isEmpty() ? Optional.empty() : Optional.of(data.size() == 1 ? data.get(0) : data),
                work,
                plan(work, data));
    }

    private static String content(Params part) {
        var found = CONTENTS.stream().filter(part.json()::has).toList();
        if (found.size() != 1) {
            throw A2aError.invalid(part.path() + "text", "or one of raw, url and data must be there, and only one");
        }
        return found.get(0);
    }

    private static String textOf(Params part) {
        return part.text("text").orElse("");
    }

    /** A file that is elsewhere. */
    private static JsonNode link(Params part) {
        var link = Json.object().put("url", part.required("url", 2_000));
        part.bounded("filename", 200).ifPresent(name -> link.put("filename", name));
        part.bounded("mediaType", 200).ifPresent(type -> link.put("mediaType", type));
        return link;
    }

    /** In the metadata, or as the only thing of a part of data. */
    private static Optional<ObjectNode> plan(ObjectNode work, Iterable<JsonNode> data) {
        if (work.get(PLAN) instanceof ObjectNode plan) {
            return Optional.of(plan);
        }
        for (var each : data) {
            if (each.size() == 1 && each.get(PLAN) instanceof ObjectNode plan && plan.has("steps")) {
                return Optional.of(plan);
            }
        }
        return Optional.empty();
    }

    /** The first line that says something, cut to so many characters; none if there is no text. */
    Optional<String> title(int max) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .map(line -> line.length() <= max ? line : cut(line, max - 1) + "…");
    }

    /** Never between the halves of a character. */
    private static String cut(String line, int length) {
        return line.substring(0, Character.isHighSurrogate(line.charAt(length - 1)) ? length - 1 : length);
    }

    /** The text alone, the data alone, or both by their names. */
    JsonNode answer() {
        if (data.isEmpty()) {
            return Json.tree(text);
        }
        if (text.isEmpty()) {
            return data.get();
        }
        var both = Json.object().put("text", text);
        both.set("data", data.get());
        return both;
    }

    /** As text alone. */
    String comment() {
        @Nullable String json = data.map(Json::text).orElse(null);
        return json == null ? text : text.isEmpty() ? json : text + "\n\n" + json;
    }
}
