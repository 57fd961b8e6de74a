package dev.muster.mission;

import dev.muster.message.Check;
import dev.muster.message.Description;
import dev.muster.message.EntityId;
import dev.muster.message.InvalidField;
import dev.muster.message.Json;
import dev.muster.task.Retry;
import dev.muster.task.TaskCommand;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A step of a plan. It becomes a task once all that it depends on is completed.
 *
 * @param takes which results it is handed, by the name under which it wants them; those of all that it depends on, by
 *     their identifiers, if left out
 */
public record Step(
        @Description("Names it within the mission; its task is <mission>/<step>")
        String stepId,

        @Description("What is to be done, in a line") String title,

        @Description("What is to be done, in full") @Nullable
        String instruction,

        @Description("The steps that must be completed before") @Nullable
        Set<String> dependsOn,

        @Description("What an agent must be capable of to take it") @Nullable
        Set<String> capabilities,

        @Description("What it works on, beside the results of others: any JSON") @Nullable
        JsonNode input,

        @Description("The results it is handed: by a name of your choice, the step whose result it is. "
                + "Those of all that it depends on, by their identifiers, if left out")
        @Nullable
        Map<String, String> takes,

        @Description("How often it is attempted, and how long it rests in between") @Nullable
        Retry retry,

        @Description("What undoes it when the mission fails or is canceled") @Nullable
        Compensation compensation) {

    /** How many characters its identifier has at most. */
    public static final int MAX_ID = 48;

    /** How many steps it depends on, and how many results it takes, at most. */
    public static final int MAX_DEPENDENCIES = 200;

    /** Ends the identifier of the task that undoes a step, so no step has it. */
    public static final String UNDO = "undo";

    public Step {
        checkId("stepId", stepId);
        Check.text("title", title, TaskCommand.MAX_TITLE);
        Check.optionalText("instruction", instruction, TaskCommand.MAX_INSTRUCTION);
        dependsOn = Check.names("dependsOn", dependsOn, MAX_DEPENDENCIES, MAX_ID);
        capabilities = Check.names("capabilities", capabilities, 64, 64);
        input = Json.check("input", input);
        takes = takes == null ? null : checkTakes(takes);
        retry = retry == null ? Retry.DEFAULT : retry;
    }

    private static Map<String, String> checkTakes(Map<String, String> takes) {
        if (takes.size() > MAX_DEPENDENCIES) {
            throw new InvalidField("takes", "must have at most " + MAX_DEPENDENCIES + " elements");
        }
        takes.forEach((name, step) -> {
            Check.text("takes", name, 200);
            Check.required("takes." + name, step);
        });
        return Collections.unmodifiableMap(new TreeMap<>(takes));
    }

    /** Checks an identifier: 1 to {@value #MAX_ID} characters without blanks, control characters or a slash. */
    public static String checkId(String field, @Nullable String stepId) {
        EntityId.check(field, Check.required(field, stepId));
        if (stepId.length() > MAX_ID) {
            throw new InvalidField(field, "must have at most " + MAX_ID + " characters, but has " + stepId.length());
        }
        if (stepId.indexOf('/') >= 0 || stepId.equals(UNDO)) {
            throw new InvalidField(field, "must have no slash and not be " + UNDO + ", but is " + stepId);
        }
        return stepId;
    }
}
