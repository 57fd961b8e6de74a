package dev.muster.importer.xes;

import static dev.muster.importer.xes.Effect.ENDS_BADLY;
import static dev.muster.importer.xes.Effect.ENDS_WELL;
import static dev.muster.importer.xes.Effect.RESTS;
import static dev.muster.importer.xes.Effect.STAYS;
import static dev.muster.importer.xes.Effect.WAITS;
import static dev.muster.importer.xes.Effect.WORKS;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value of {@code lifecycle:transition}: those of the standard lifecycle, and the statuses with which issue trackers
 * write their logs (as in the BPI Challenge 2013), where a case is in one status at a time.
 */
enum Transition {
    SCHEDULE("schedule", WAITS),
    ASSIGN("assign", WAITS, WAITS, WORKS, RESTS),
    REASSIGN("reassign", WAITS, WAITS, WORKS, RESTS),
    START("start", WORKS, WAITS),
    SUSPEND("suspend", RESTS, WORKS, WAITS, RESTS),
    RESUME("resume", WORKS, RESTS, WORKS, WAITS),
    WITHDRAW("withdraw", ENDS_BADLY, WAITS, RESTS, WORKS),
    AUTOSKIP("autoskip", ENDS_WELL, WAITS),
    MANUALSKIP("manualskip", ENDS_WELL, WAITS),
    COMPLETE("complete", ENDS_WELL, WORKS, RESTS, WAITS),
    ATE_ABORT("ate_abort", ENDS_BADLY, WORKS, RESTS, WAITS),
    PI_ABORT("pi_abort", ENDS_BADLY, WORKS, RESTS, WAITS),
    AWAITING_ASSIGNMENT("awaiting assignment", WAITS, WAITS, WORKS, RESTS),
    ASSIGNED("assigned", WAITS, WAITS, WORKS, RESTS),
    IN_PROGRESS("in progress", WORKS, WORKS, RESTS, WAITS),
    WAIT("wait", RESTS, WORKS, RESTS, WAITS),
    CLOSED("closed", ENDS_WELL, WORKS, RESTS, WAITS),
    CANCELLED("cancelled", ENDS_BADLY, WORKS, RESTS, WAITS),
    UNMATCHED("unmatched", ENDS_WELL, WORKS, RESTS, WAITS),
    OTHER("other", STAYS, WORKS, RESTS, WAITS);

    private static final Map<String, Transition> BY_LABEL = Arrays.stream(values())
            .filter(each -> each != OTHER)
            .collect(Collectors.toMap(Transition::label, Function.identity()));

    private final String label;
    private final Effect effect;
    private final List<Effect> of;

    Transition(String label, Effect effect, Effect... of) {
        this.label = label;
        this.effect = effect;
        this.of = List.of(of);
    }

    /** What a log means, in upper or lower case; without a value it is that the activity was completed. */
    static Transition of(@Nullable String value) {
        var name = value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "", "unknown" -> COMPLETE;
            case "in call" -> IN_PROGRESS;
            case "resolved" -> CLOSED;
            case "canceled" -> CANCELLED;
            default -> name.startsWith("wait - ") ? WAIT : BY_LABEL.getOrDefault(name, OTHER);
        };
    }

    /** In lower case, as the table in the documents has it. */
    String label() {
        return label;
    }

    Effect effect() {
        return effect;
    }

    /** Which open occurrences it can be about, the likeliest first; if there is none, another one begins. */
    List<Effect> of() {
        return of;
    }

    /** Whether it says which status a case is in; the statuses that the case was in before have ended then. */
    boolean isStatus() {
        return ordinal() >= AWAITING_ASSIGNMENT.ordinal() && this != OTHER;
    }

    /** Whether it is what puts its task on the board, where its occurrence begins with it. */
    boolean submits() {
        return this == SCHEDULE || this == AWAITING_ASSIGNMENT;
    }
}
