package dev.muster.whatif;

import dev.muster.history.Aggregates;
import dev.muster.history.LogReader;
import dev.muster.history.LogSource;
import dev.muster.message.Actor;
import dev.muster.message.JsonMappers;
import dev.muster.message.MessageCatalog;
import dev.muster.message.MetaKeys;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.view.ViewProgress;
import dev.muster.whatif.WhatIfAnswer.Tried;
import dev.muster.world.Detached;
import dev.muster.world.Domain;
import dev.muster.world.EntityScope;
import dev.muster.world.WorldDifference;
import dev.muster.world.Worlds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.HandlerExecutionException;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers what would have been. Nothing that happens in it leaves the sandbox, which is thrown away in the end. */
public final class WhatIfQueries {

    private static final JsonMapper JSON = JsonMappers.edges();

    private final Domain domain;
    private final Worlds worlds;
    private final LogSource log;
    private final LogReader reader;
    private final Aggregates aggregates;
    private final MessageCatalog catalog;
    private final SandboxKits kits;
    private final ViewProgress progress;
    private final Duration timeLimit;

    /** @param timeLimit how long an answer may take */
    public WhatIfQueries(
            Domain domain,
            Worlds worlds,
            LogSource log,
            LogReader reader,
            Aggregates aggregates,
            MessageCatalog catalog,
            SandboxKits kits,
            ViewProgress progress,
            Duration timeLimit) {
        this.domain = domain;
        this.worlds = worlds;
        this.log = log;
        this.reader = reader;
        this.aggregates = aggregates;
        this.catalog = catalog;
        this.kits = kits;
        this.progress = progress;
        this.timeLimit = timeLimit;
    }

    @QueryHandler
    public WhatIfAnswer handle(WhatIf query) throws Exception {
        return Detached.call(() -> answer(query, new Limits(timeLimit)));
    }

    private WhatIfAnswer answer(WhatIf query, Limits limits) throws Exception {
        var position = worlds.positionOf(query.moment());
        var changes = new ChangedEvents(query.changes(), catalog);
        var history = new AlteredLog(log, position, changes);
        var judge = new Judge(log, aggregates, new EntityScope(domain, log), changes);
        var world = worlds.at(unchangedUpTo(changes, position)).fork();
        history.judge(judge, world.position(), event -> {
            limits.check();
            world.fold(event);
        });
        world.standsAt(position);
        var time = log.timeAt(position).orElse(Instant.EPOCH);
        var tried = new ArrayList<Tried>();
        List<TrackedEventMessage<?>> events = List.of();
        if (!query.commands().isEmpty() || query.until() != null) {
            var sandbox = new Sandbox(kits, history, world, time, limits);
            sandbox.begin();
            for (var trial : query.commands()) {
                tried.add(attempt(trial, sandbox));
            }
            if (query.until() != null) {
                sandbox.moveTo(query.until());
            }
            time = sandbox.clock().instant();
            events = sandbox.appended();
        }
        return new WhatIfAnswer(
                position,
                time,
                judge.leftOut(),
                judge.impossible(),
                tried,
                events.stream().map(reader::describe).toList(),
                WorldDifference.brief(query.limit()).between(domain.views(), worlds.at(position), world));
    }

    /** The last position before the first that is changed, as far as the index can tell, which may be behind. */
    private long unchangedUpTo(ChangedEvents changes, long position) {
        var last = position;
        for (var id : changes.namedIds()) {
            last = Math.min(last, reader.positionOf(id).orElse(0) - 1);
        }
        var indexed = progress.position();
        for (var filter : changes.filters()) {
            var first = reader.firstOf(filter.entity(), filter.type(), filter.actor(), filter.correlationId());
            last = Math.min(last, first.orElse(indexed + 1) - 1);
        }
        if (!changes.inserted().isEmpty()) {
            last = Math.min(last, changes.inserted().firstKey());
        }
        return Math.max(-1, last);
    }

    private Tried attempt(Trial trial, Sandbox sandbox) throws Exception {
        if (trial.at() != null) {
            sandbox.moveTo(trial.at());
        }
        var actor = Actor.of(trial.actor());
        if (actor.isSystem()) {
            return refused(trial, actor, sandbox, reserved(actor));
        }
        Object command;
        try {
            command = kits.command(trial.command(), actor, trial.fields());
        } catch (Refusal e) {
            return refused(trial, actor, sandbox, e.problem());
        }
        var message = new GenericCommandMessage<>(command, metadata(trial, actor));
        var at = sandbox.clock().instant();
        var before = sandbox.appended().size();
        var result = sandbox.handle(message);
        var made = sandbox.appended().subList(before, sandbox.appended().size()).stream()
                .filter(event ->
                        message.getIdentifier().equals(event.getMetaData().get(MetaKeys.COMMAND_ID)))
                .map(EventMessage::getIdentifier)
                .toList();
        if (result.isExceptional()) {
            return refused(trial, actor, sandbox, problem(result.exceptionResult()));
        }
        return new Tried(trial.command(), actor.name(), at, true, version(result), payload(result), null, made);
    }

    private static HashMap<String, Object> metadata(Trial trial, Actor actor) {
        var request = "what-if:" + UUID.randomUUID();
        var meta = new HashMap<String, Object>();
        meta.put(MetaKeys.ACTOR, actor.name());
        meta.put(MetaKeys.CAUSATION_ID, request);
        meta.put(MetaKeys.CORRELATION_ID, request);
        if (trial.expectedVersion() != null) {
            meta.put(MetaKeys.EXPECTED_VERSION, trial.expectedVersion());
        }
        if (trial.idempotencyKey() != null) {
            meta.put(MetaKeys.IDEMPOTENCY_KEY, trial.idempotencyKey());
        }
        return meta;
    }

    private static @Nullable Long version(CommandResultMessage<?> result) {
        return result.getMetaData().get(MetaKeys.VERSION) instanceof Number version ? version.longValue() : null;
    }

    private static @Nullable JsonNode payload(CommandResultMessage<?> result) {
        return result.getPayload() == null ? null : JSON.valueToTree(result.getPayload());
    }

    private static Tried refused(Trial trial, Actor actor, Sandbox sandbox, Problem problem) {
        var at = sandbox.clock().instant();
        return new Tried(trial.command(), actor.name(), at, false, null, null, problem, List.of());
    }

    private static Problem reserved(Actor actor) {
        return new Problem(
                "actor-reserved",
                "This actor's name is reserved",
                403,
                "Nobody outside of Muster acts as " + actor + ". Act as an agent or as operator:NAME.");
    }

    private static Problem problem(Throwable failure) {
        if (failure instanceof HandlerExecutionException refused
                && refused.<Object>getDetails().orElse(null) instanceof Problem problem) {
            return problem;
        }
        return new Problem(
                "command-failed",
                "The command could not be handled",
                500,
                "It could not be handled in the sandbox: " + failure.getMessage());
    }
}
