package dev.muster.http;

import dev.muster.agent.AgentId;
import dev.muster.message.Actor;
import dev.muster.message.CommandEntry;
import dev.muster.message.InvalidField;
import dev.muster.message.MessageCatalog;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.task.TaskCommand.ClaimNextTask;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Makes commands of what clients send. */
@Component
public class CommandReader {

    /** Looked up once for each command: the components of a record are made anew each time they are asked for. */
    private static final ClassValue<Boolean> HAS_AGENT_ID = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> command) {
            return Arrays.stream(command.getRecordComponents())
                    .anyMatch(
                            component -> component.getName().equals("agentId") && component.getType() == AgentId.class);
        }
    };

    private final MessageCatalog catalog;
    private final MessageBodies bodies;

    CommandReader(MessageCatalog catalog, MessageBodies bodies) {
        this.catalog = catalog;
        this.bodies = bodies;
    }

    /**
     * The command of that name in kebab case.
     *
     * @throws Refusal if there is none that is offered
     */
    public CommandEntry entry(String name) {
        return catalog.command(name).filter(CommandEntry::offered).orElseThrow(() -> unknown(name));
    }

    /**
     * A command of its fields, to which what the client left out is added.
     *
     * @param key the key under which it may be repeated
     * @throws Refusal if the fields are not its
     */
    public Object read(CommandEntry entry, ObjectNode json, Actor actor, @Nullable String key) {
        fillIn(entry, json, actor, key);
        entry.target()
                .map(CommandEntry.Target::field)
                .filter(field -> isAbsent(json, field))
                .ifPresent(field -> {
                    throw new InvalidField(field, "is required");
                });
        return bodies.read(json, entry.payload());
    }

    /** Whether the command may be kept waiting for what it asks for. */
    public static boolean mayWait(CommandEntry entry) {
        return entry.payload() == ClaimNextTask.class;
    }

    private static Refusal unknown(String name) {
        return new Refusal(new Problem(
                "unknown-command",
                "There is no such command",
                404,
                "There is no command " + name + ". GET /api/catalog lists those there are."));
    }

    /** What a client may leave out: the identifier of what it creates, and an agent's own. */
    private static void fillIn(CommandEntry entry, ObjectNode json, Actor actor, @Nullable String key) {
        if (actor.isAgent() && isAbsent(json, "agentId") && HAS_AGENT_ID.get(entry.payload())) {
            json.put("agentId", actor.name());
        }
        if (entry.creates() && entry.target().isPresent()) {
            var field = entry.target().get().field();
            if (isAbsent(json, field)) {
                json.put(field, MadeIds.make(actor.name(), entry.name(), key));
            }
        }
    }

    private static boolean isAbsent(ObjectNode json, String field) {
        return !json.has(field) || json.get(field).isNull();
    }
}
