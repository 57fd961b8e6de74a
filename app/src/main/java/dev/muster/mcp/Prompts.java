package dev.muster.mcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** How to work with Muster in the usual roles, told to a model by its user's choice. */
@Component
@Lazy
class Prompts {

    private static final int MAX_ARGUMENT = 10_000;

    /** An argument that a client asks its user for. */
    private record Argument(String name, String description, boolean required) {}

    /** @param text made of the arguments that were given */
    private record Prompt(String name, String description, List<Argument> arguments, Function<Given, String> text) {}

    /** What was given for the arguments. */
    private record Given(Map<String, String> values) {

        /** A sentence with the argument in the place of {@code %s}, or another one if it was not given. */
        String said(String argument, String sentence, String otherwise) {
            return Optional.ofNullable(values.get(argument))
                    .map(sentence::formatted)
                    .orElse(otherwise);
        }
    }

    private final Map<String, Prompt> prompts = new LinkedHashMap<>();

    Prompts() {
        add(new Prompt(
                "worker",
                "Take tasks from the board one after another, and work on them",
                List.of(
                        new Argument("agentId", "The identifier you work under", false),
                        new Argument("capabilities", "What you are capable of, separated by commas", false),
                        new Argument("missionId", "Take only tasks of this mission", false)),
                Prompts::worker));
        add(new Prompt(
                "planner",
                "Plan a goal as a mission of steps for several agents, start it, and see it through",
                List.of(
                        new Argument("goal", "What is to be reached", true),
                        new Argument("missionId", "The identifier that the mission is to have", false)),
                Prompts::planner));
        add(new Prompt(
                "reviewer",
                "Review what was done, by its history, and put right what is not",
                List.of(
                        new Argument("missionId", "The mission to review", false),
                        new Argument("taskId", "The task to review", false)),
                Prompts::reviewer));
    }

    private void add(Prompt prompt) {
        prompts.put(prompt.name(), prompt);
    }

    private static String worker(Given given) {
        return """
                You are a worker of a team that shares its work in Muster. %s%s

                1. Call get_agent for yourself. If you are not known, call register_agent with %s.
                2. Call claim_next_task%s with wait PT20S. If its result is null, nothing is ready for you: call it again, \
                or say so and stop.
                3. Keep the taskId and the fencingToken of the answer, and give both with every call about this task. Call \
                get_task and read the instruction and the input before you begin, and get_history of task/ID if there are \
                comments.
                4. Work. Before leaseExpiresAt call report_progress with what is done, what comes next, the artifacts, and \
                the tokens used so far in this attempt; if there is nothing to report, extend_lease.
                5. If you can't go on without an answer, call request_input and then read get_task until the task is \
                working again. If you can't do the task at all, call release_task with the reason: it costs no attempt.
                6. End it: complete_task with the result, or fail_task with what went wrong and whether another attempt \
                could do better. Give an idempotencyKey, so that you may repeat the call if you don't hear the answer.
                7. If a call is refused with task-lease-lost, the task is no longer yours: stop working on it and undo what \
                others would stumble over. Then go on with 2.

                Put into the result what whoever needs it next has to know. Submit work that you discover with submit_task \
                and don't do it on the side.""".formatted(
                        given.said("agentId", "Your agentId is %s.", "You are the agent you are authenticated as."),
                        given.said("capabilities", " You are capable of: %s.", ""),
                        given.said("capabilities", "the capabilities %s", "what you are capable of"),
                        given.said("missionId", " with missionId %s and", ""));
    }

    private static String planner(Given given) {
        return """
                You plan work for a team that shares it in Muster. The goal: %s

                1. Look at what is there: find_missions, find_tasks, and find_agents for who is capable of what.
                2. Cut the goal into steps that one agent can each do in one sitting. A step has a title, an instruction \
                that says when it is done, the capabilities it needs, and in dependsOn the steps whose results it needs; \
                what doesn't depend on each other is worked on at the same time. Give a step a compensation if what it does \
                must be undone when the mission fails, and the mission a budget and a deadline if there are any.
                3. Call plan_mission%s. If it is refused, it names every fault of the plan: put all of them right.
                4. Call start_mission. Each step becomes the task MISSION/STEP once what it depends on is completed.
                5. Follow it with get_mission, or subscribe to muster://mission/ID. Answer questions of tasks that are \
                input-required with provide_input. Change what has not started with revise_plan. Stop it with \
                cancel_mission only if it is wanted no more.

                A single piece of work needs no mission: submit_task.""".formatted(given.said("goal", "%s", ""), given.said("missionId", " with missionId %s", ""));
    }

    private static String reviewer(Given given) {
        return """
                You review what a team has done in Muster. %s%s

                1. Read the result: get_mission or get_task; find_tasks with stalled true, and count_tasks, for what is stuck.
                2. Read how it came about: get_history of task/ID or mission/ID, find_causes for what led to an event, \
                find_effects for what followed from it, compare_states for what changed between two versions. With asOf a \
                query answers as it was then: judge a decision by what was known at its time.
                3. Compare the result with the instruction. Say with comment_on_task what is good and what is missing, and \
                name the event (task/ID@VERSION) that you mean.
                4. What must be done again: reopen_task with the reason. What is missing: submit_task, or revise_plan of a \
                mission that still runs. Don't do the work yourself.

                End with a short report: what was done, what you found and by which events, what you have set going.""".formatted(
                given.said("missionId", "The mission is %s.", ""), given.said("taskId", " The task is %s.", ""));
    }

    ObjectNode list() {
        var result = Json.object();
        var items = result.putArray("prompts");
        for (var prompt : prompts.values()) {
            var item = items.addObject().put("name", prompt.name()).put("description", prompt.description());
            var arguments = item.putArray("arguments");
            prompt.arguments().forEach(argument -> arguments
                    .addObject()
                    .put("name", argument.name())
                    .put("description", argument.description())
                    .put("required", argument.required()));
        }
        return result;
    }

    /** @throws RpcError if there is no such prompt, or what it asks for was not given */
    ObjectNode get(String name, ObjectNode arguments) {
        var prompt = prompts.get(name);
        if (prompt == null) {
            throw RpcError.invalidParams("There is no prompt " + name + ". prompts/list names those there are.");
        }
        var values = new LinkedHashMap<String, String>();
        for (var argument : prompt.arguments()) {
            var value = Json.optional(arguments, argument.name()).filter(text -> !text.isBlank());
            if (value.isEmpty() && argument.required()) {
                throw RpcError.invalidParams("The prompt " + name + " needs the argument " + argument.name() + ".");
            }
            value.filter(text -> text.length() > MAX_ARGUMENT).ifPresent(text -> {
                throw RpcError.invalidParams(
                        "The argument " + argument.name() + " has more than " + MAX_ARGUMENT + " characters.");
            });
            value.ifPresent(text -> values.put(argument.name(), text));
        }
        var result = Json.object().put("description", prompt.description());
        result.putArray("messages")
                .addObject()
                .put("role", "user")
                .putObject("content")
                .put("type", "text")
                .put("text", prompt.text().apply(new Given(values)));
        return result;
    }
}
