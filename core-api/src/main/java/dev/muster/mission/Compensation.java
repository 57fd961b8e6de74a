package dev.muster.mission;

import dev.muster.message.Check;
import dev.muster.message.Description;
import dev.muster.message.Json;
import dev.muster.task.Retry;
import dev.muster.task.TaskCommand;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What undoes a step that was completed, when its mission fails or is canceled: a task as well. */
public record Compensation(
        @Description("What is to be done, in a line") String title,

        @Description("What is to be done, in full") @Nullable
        String instruction,

        @Description("What an agent must be capable of to take it") @Nullable
        Set<String> capabilities,

        @Description("What it works on, beside the result of the step: any JSON") @Nullable
        JsonNode input,

        @Description("How often it is attempted, and how long it rests in between") @Nullable
        Retry retry) {

    public Compensation {
        Check.text("compensation.title", title, TaskCommand.MAX_TITLE);
        Check.optionalText("compensation.instruction", instruction, TaskCommand.MAX_INSTRUCTION);
        capabilities = Check.names("compensation.capabilities", capabilities, 64, 64);
        input = Json.check("compensation.input", input);
        retry = retry == null ? Retry.DEFAULT : retry;
    }
}
