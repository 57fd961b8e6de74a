package dev.muster.http;

import dev.muster.app.domain.DomainFault;
import dev.muster.message.Actor;
import dev.muster.message.InvalidField;
import dev.muster.message.MessageCatalog;
import dev.muster.message.MetaKeys;
import dev.muster.message.QueryEntry;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.queryhandling.SubscriptionQueryResult;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Every query of the catalog, by one rule, and as a stream of its answers where that is asked for. */
@RestController
public class QueryController {

    private static final Set<String> RESERVED = Set.of("after", "wait", "asOf", "position");

    private final QueryAsker asker;
    private final MessageBodies bodies;
    private final Streams streams;

    QueryController(MessageCatalog catalog, QueryAsker asker, MessageBodies bodies, Streams streams) {
        catalog.queries().forEach(QueryController::refuseReserved);
        this.asker = asker;
        this.bodies = bodies;
        this.streams = streams;
    }

    private static void refuseReserved(QueryEntry query) {
        for (var field : query.payload().getRecordComponents()) {
            if (query.offered() && RESERVED.contains(field.getName())) {
                throw new DomainFault(
                        query.payload().getName() + " has a field " + field.getName()
                                + ", which every query has as a parameter already.",
                        "Give the field another name.",
                        null);
            }
        }
    }

    @GetMapping("/api/queries/{name}")
    Object byParameters(@PathVariable String name, HttpServletRequest request) throws InterruptedException {
        var entry = asker.entry(name);
        var query = asker.read(entry, bodies.object(request.getParameterMap(), entry.payload(), RESERVED));
        return ask(entry, query, request);
    }

    /** Answers the query of that name whose fields are the body. */
    @PostMapping("/api/queries/{name}")
    public Object byBody(@PathVariable String name, HttpServletRequest request)
            throws IOException, InterruptedException {
        var entry = asker.entry(name);
        return ask(entry, asker.read(entry, bodies.object(request)), request);
    }

    private Object ask(QueryEntry entry, Object query, HttpServletRequest request) throws InterruptedException {
        var actor = RequestContext.of(request).actor();
        var when = new QueryAsker.When(
                request.getParameter(MetaKeys.AS_OF),
                request.getParameter(MetaKeys.POSITION),
                request.getParameter("after"),
                request.getParameter("wait"));
        if (wantsStream(request)) {
            if (when.isPast()) {
                throw new InvalidField("asOf", "and a live answer exclude each other; ask without text/event-stream");
            }
            asker.awaitSeen(when);
            return stream(actor, entry, query);
        }
        var answer = asker.ask(actor, entry, query, when);
        return HttpProblem.json(
                ResponseEntity.ok().header("Muster-Position", Long.toString(answer.position())), answer.value());
    }

    private static boolean wantsStream(HttpServletRequest request) {
        var accept = request.getHeader("Accept");
        return accept != null && accept.contains(MediaType.TEXT_EVENT_STREAM_VALUE);
    }

    /** The answer, and then each change of it, whole. */
    private SseEmitter stream(Actor actor, QueryEntry entry, Object query) {
        var subscription = new AtomicReference<@Nullable SubscriptionQueryResult<?, ?>>();
        var emitter = streams.open(() -> {
            var open = subscription.get();
            if (open != null) {
                open.cancel();
            }
        });
        var result = asker.follow(actor, entry, query);
        subscription.set(result);
        // The first answer is asked for here, so that a refusal is answered as for any other request.
        Object first;
        try {
            first = result.initialResult().block();
        } catch (RuntimeException e) {
            emitter.complete();
            result.cancel();
            throw e;
        }
        streams.threads().execute(() -> {
            send(emitter, first);
            result.updates().subscribe(answer -> send(emitter, answer), emitter::completeWithError, emitter::complete);
        });
        return emitter;
    }

    private static void send(SseEmitter emitter, @Nullable Object answer) {
        try {
            emitter.send(SseEmitter.event()
                    .name("answer")
                    .data(new String(HttpProblem.bytes(answer), StandardCharsets.UTF_8)));
        } catch (IOException | IllegalStateException e) {
            emitter.completeWithError(e);
        }
    }
}
