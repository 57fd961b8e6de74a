package dev.muster.whatif;

import dev.muster.message.Check;
import dev.muster.message.Description;
import dev.muster.message.InvalidField;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One change of a history; exactly one of the three is given. */
public record Change(
        @Description("Events that did not happen") @Nullable LeaveOut leaveOut,

        @Description("An event that said something else") @Nullable
        Replace replace,

        @Description("An event that happened besides") @Nullable
        Insert insert) {

    public Change {
        if (Stream.<@Nullable Object>of(leaveOut, replace, insert)
                        .filter(given -> given != null)
                        .count()
                != 1) {
            throw new InvalidField("changes", "must each have leaveOut, replace or insert, and one of them only");
        }
    }

    /** The events that have one of these identifiers, or that fit all that is given besides. */
    public record LeaveOut(
            @Description("Events by their identifiers") @Nullable
            Set<String> ids,

            @Description("Those of this entity: task/t-42") @Nullable
            String entity,

            @Description("Those of this type: TaskCompleted") @Nullable
            String type,

            @Description("Those of this actor") @Nullable String actor,

            @Description("Those of this undertaking") @Nullable
            String correlationId) {
        public LeaveOut {
            var filtered = entity != null || type != null || actor != null || correlationId != null;
            if ((ids == null) != filtered) {
                throw new InvalidField(
                        "leaveOut", "must name ids, or else say by entity, type, actor or correlationId which events");
            }
        }
    }

    /** @param data the fields of the event in its newest form */
    public record Replace(
            @Description("The identifier of the event") String id,

            @Description("What it says instead, as JSON of its type")
            JsonNode data) {
        public Replace {
            Check.required("replace.id", id);
            Check.required("replace.data", data);
        }
    }

    /** An event that is put in; its time is that of the event before it unless one is given. */
    public record Insert(
            @Description("The position after which it happened; -1 for before the first")
            long after,

            @Description("Whose event it is: task/t-42") String entity,

            @Description("Its type: TaskCompleted") String type,

            @Description("What it says, as JSON of its type")
            JsonNode data,

            @Description("When it happened") @Nullable Instant time,

            @Description("Who acted") @Nullable String actor) {
        public Insert {
            Check.required("insert.entity", entity);
            Check.required("insert.type", type);
            Check.required("insert.data", data);
            if (after < -1) {
                throw new InvalidField("insert.after", "must be a position of the log, or -1");
            }
        }
    }
}
