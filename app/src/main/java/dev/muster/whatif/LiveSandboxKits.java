package dev.muster.whatif;

import dev.muster.app.MusterProperties;
import dev.muster.http.CommandReader;
import dev.muster.message.Actor;
import dev.muster.message.InvalidField;
import dev.muster.task.LeaseTerms;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.axonframework.spring.stereotype.Aggregate;
import org.axonframework.spring.stereotype.Saga;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Kits for sandboxes of all the aggregates and sagas that this application has. */
@Component
class LiveSandboxKits implements SandboxKits {

    private final ListableBeanFactory beans;
    private final CommandReader commands;
    private final LeaseTerms terms;
    private final List<SandboxResource> resources;
    private final MusterProperties properties;

    LiveSandboxKits(
            ListableBeanFactory beans,
            CommandReader commands,
            LeaseTerms terms,
            ObjectProvider<SandboxResource> resources,
            MusterProperties properties) {
        this.beans = beans;
        this.commands = commands;
        this.terms = terms;
        this.resources = resources.orderedStream().toList();
        this.properties = properties;
    }

    @Override
    public SandboxKit open(Sandbox sandbox) {
        return new LiveSandboxKit(
                sandbox,
                typesWith(Aggregate.class),
                typesWith(Saga.class),
                terms,
                resources,
                properties.command().idempotencyWindow());
    }

    private List<Class<?>> typesWith(Class<? extends Annotation> stereotype) {
        return Arrays.stream(beans.getBeanNamesForAnnotation(stereotype))
                .<Class<?>>map(name -> Objects.requireNonNull(beans.getType(name, false)))
                .distinct()
                .toList();
    }

    @Override
    public Object command(String name, Actor actor, @Nullable JsonNode fields) {
        var entry = commands.entry(name);
        if (fields == null) {
            return commands.read(entry, JsonNodeFactory.instance.objectNode(), actor, null);
        }
        if (fields instanceof ObjectNode object) {
            return commands.read(entry, object.deepCopy(), actor, null);
        }
        throw new InvalidField("fields", "must be a JSON object");
    }
}
