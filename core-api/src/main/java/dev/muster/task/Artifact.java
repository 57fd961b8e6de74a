package dev.muster.task;

import dev.muster.message.Check;
import dev.muster.message.Description;
import dev.muster.message.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Something that work on a task has brought about: named, and either where it is to be found, or what it is. */
public record Artifact(
        String name,
        @Description("Where it is to be found") @Nullable String uri,
        @Nullable String mediaType,

        @Description("What it is, if it is kept here: any JSON") @Nullable
        JsonNode data) {

    public Artifact {
        Check.text("artifact.name", name, 200);
        Check.optionalText("artifact.uri", uri, 2_000);
        Check.optionalText("artifact.mediaType", mediaType, 200);
        Json.check("artifact.data", data);
    }
}
