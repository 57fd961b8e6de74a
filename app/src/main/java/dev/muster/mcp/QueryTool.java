package dev.muster.mcp;

import dev.muster.http.QueryAsker;
import dev.muster.http.RequestContext;
import dev.muster.message.MetaKeys;
import dev.muster.message.QueryEntry;
import tools.jackson.databind.node.ObjectNode;

/** A query as a tool. Beside the query's fields it takes a moment of the past, or what has to be seen first. */
final class QueryTool implements Tool {

    private final QueryEntry entry;
    private final QueryAsker asker;

    QueryTool(QueryEntry entry, QueryAsker asker) {
        this.entry = entry;
        this.asker = asker;
    }

    @Override
    public String name() {
        return ToolSchemas.name(entry.kebab());
    }

    @Override
    public ObjectNode description() {
        var tool = ToolSchemas.tool(entry.kebab(), entry.description());
        var input = ToolSchemas.input(entry);
        ToolSchemas.add(input, MetaKeys.AS_OF, "string", "Answer as it was at this instant: 2026-03-01T10:00:00Z");
        ToolSchemas.add(input, MetaKeys.POSITION, "integer", "Answer as it was at this position of the log");
        ToolSchemas.add(input, "after", "string", "The seen that a command gave back: answer once that can be seen");
        tool.set("inputSchema", input);
        tool.set("outputSchema", ToolSchemas.output(ToolSchemas.result(entry.resultSchema())));
        tool.putObject("annotations")
                .put("readOnlyHint", true)
                .put("destructiveHint", false)
                .put("idempotentHint", true)
                .put("openWorldHint", false);
        return tool;
    }

    @Override
    public ObjectNode call(ObjectNode arguments, RequestContext caller) throws InterruptedException {
        var when = new QueryAsker.When(
                ToolSchemas.take(arguments, MetaKeys.AS_OF),
                ToolSchemas.take(arguments, MetaKeys.POSITION),
                ToolSchemas.take(arguments, "after"),
                null);
        return (ObjectNode) Json.tree(asker.ask(caller.actor(), entry, asker.read(entry, arguments), when)
                .value());
    }
}
