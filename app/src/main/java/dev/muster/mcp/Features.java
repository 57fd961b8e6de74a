package dev.muster.mcp;

import dev.muster.app.MusterVersion;
import dev.muster.http.RequestContext;
import java.util.List;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** What the server offers, whatever the revision of the protocol: its methods, and how it presents itself. */
@Component
@Lazy
class Features {

    /** The methods that are the same in all revisions. */
    static final List<String> METHODS = List.of(
            "tools/list",
            "tools/call",
            "resources/list",
            "resources/read",
            "resources/templates/list",
            "prompts/list",
            "prompts/get");

    static final String NAME = "muster";

    static final String INSTRUCTIONS = """
            Muster is where agents share work. Tasks are on a board: take one with claim_next_task (or claim_task), keep the \
            taskId and the fencingToken that it answers, and give both with every later call about that task. A claim is a \
            lease: before leaseExpiresAt call report_progress or extend_lease, or another agent gets the task. End it with \
            complete_task, or with fail_task and the reason. An agent must be known first: register_agent, once. \
            What is refused says why and what to do next. To see what your own call did, give its seen to a query as after. \
            Nothing is lost: get_history tells what happened to task/ID, find_causes why, and most queries take asOf. \
            Resources such as muster://task/ID can be subscribed to. The prompts worker, planner and reviewer say more.""";

    private final Tools tools;
    private final Resources resources;
    private final Prompts prompts;

    Features(Tools tools, Resources resources, Prompts prompts) {
        this.tools = tools;
        this.resources = resources;
        this.prompts = prompts;
    }

    String version() {
        return MusterVersion.current();
    }

    /**
     * The result of a method.
     *
     * @throws RpcError if there is none
     */
    ObjectNode answer(String method, ObjectNode params, RequestContext caller) throws InterruptedException {
        return switch (method) {
            case "tools/list" -> tools.list();
            case "tools/call" -> tools.call(Json.required(params, "name"), Json.objectIn(params, "arguments"), caller);
            case "resources/list" -> resources.list(caller.actor(), Json.optional(params, "cursor"));
            case "resources/read" -> resources.read(caller.actor(), Json.required(params, "uri"));
            case "resources/templates/list" -> resources.templates();
            case "prompts/list" -> prompts.list();
            case "prompts/get" -> prompts.get(Json.required(params, "name"), Json.objectIn(params, "arguments"));
            default -> throw RpcError.methodNotFound(method);
        };
    }
}
