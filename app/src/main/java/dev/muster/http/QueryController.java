package dev.muster.http;

import dev.muster.app.MusterProperties;
import dev.muster.app.domain.DomainFault;
import dev.muster.message.AsOf;
import dev.muster.message.InvalidField;
import dev.muster.message.MessageCatalog;
import dev.muster.message.MetaKeys;
import dev.muster.message.PageType;
import dev.muster.message.Problem;
import dev.muster.message.QueryEntry;
import dev.muster.message.Refusal;
import dev.muster.view.ViewProgress;
import dev.muster.world.AsOfQueries;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
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

    private final MessageCatalog catalog;
    private final QueryGateway queries;
    private final MessageBodies bodies;
    private final ViewProgress progress;
    private final AsOfQueries asOf;
    private final Streams streams;
    private final MusterProperties.Query limits;

    QueryController(
            MessageCatalog catalog,
            QueryGateway queries,
            MessageBodies bodies,
            ViewProgress progress,
            AsOfQueries asOf,
            Streams streams,
            MusterProperties properties) {
        catalog.queries().forEach(QueryController::refuseReserved);
        this.catalog = catalog;
        this.queries = queries;
        this.bodies = bodies;
        this.progress = progress;
        this.asOf = asOf;
        this.streams = streams;
        this.limits = properties.query();
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
        var entry = entry(name);
        var query = bodies.read(bodies.object(request.getParameterMap(), entry.payload(), RESERVED), entry.payload());
        return ask(entry, query, request);
    }

    /** Answers the query of that name whose fields are the body. */
    @PostMapping("/api/queries/{name}")
    public Object byBody(@PathVariable String name, HttpServletRequest request)
            throws IOException, InterruptedException {
        var entry = entry(name);
        return ask(entry, bodies.read(bodies.object(request), entry.payload()), request);
    }

    private QueryEntry entry(String name) {
        return catalog.query(name)
                .filter(QueryEntry::offered)
                .orElseThrow(() -> new Refusal(new Problem(
                        "unknown-query",
                        "There is no such query",
                        404,
                        "There is no query " + name + ". GET /api/catalog lists those there are.")));
    }

    private Object ask(QueryEntry entry, Object query, HttpServletRequest request) throws InterruptedException {
        var asker = Map.<String, Object>of(
                MetaKeys.ACTOR, RequestContext.of(request).actor().name());
        var position = asOf.position(moment(request));
        if (position.isPresent()) {
            refuseWhatIsLive(request);
            var past = position.getAsLong();
            return answer(AsOf.position(query, past).andMetaData(asker), responseType(entry.result()), past);
        }
        awaitWhatWasSeen(request);
        var type = responseType(entry.result());
        var message = new GenericMessage<>(query, asker);
        return wantsStream(request) ? stream(message, type) : answer(message, type, progress.position());
    }

    private Object answer(Message<?> query, ResponseType<?> type, long position) {
        try {
            var answer = queries.query(query, type).join();
            return HttpProblem.json(ResponseEntity.ok().header("Muster-Position", Long.toString(position)), answer);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private static MetaData moment(HttpServletRequest request) {
        var meta = new HashMap<String, Object>();
        for (var name : List.of(MetaKeys.AS_OF, MetaKeys.POSITION)) {
            var value = request.getParameter(name);
            if (value != null) {
                meta.put(name, value);
            }
        }
        return MetaData.from(meta);
    }

    private static void refuseWhatIsLive(HttpServletRequest request) {
        if (wantsStream(request)) {
            throw new InvalidField("asOf", "and a live answer exclude each other; ask without text/event-stream");
        }
        if (request.getParameter("after") != null) {
            throw new InvalidField("after", "waits for what is live; leave it out, or asOf and position");
        }
    }

    private void awaitWhatWasSeen(HttpServletRequest request) throws InterruptedException {
        var after = request.getParameter("after");
        var wait = RequestContext.wait(request, limits.waitDefault(), limits.waitLimit());
        if (after == null) {
            return;
        }
        if (!after.matches(".+/.+@\\d{1,18}")) {
            throw new InvalidField("after", "must be the seen of a command's answer, but is " + after);
        }
        if (!progress.await(after, wait)) {
            throw new Refusal(new Problem(
                    "views-behind",
                    "The views have not got there yet",
                    503,
                    "The views have not folded " + after + " within " + wait + ". Ask again, or wait longer.",
                    Map.of("retryAfterSeconds", 1, "position", progress.position())));
        }
    }

    private static boolean wantsStream(HttpServletRequest request) {
        var accept = request.getHeader("Accept");
        return accept != null && accept.contains(MediaType.TEXT_EVENT_STREAM_VALUE);
    }

    private static ResponseType<?> responseType(Type type) {
        return type instanceof ParameterizedType page && page.getActualTypeArguments()[0] instanceof Class<?> item
                ? PageType.of(item)
                : ResponseTypes.instanceOf((Class<?>) type);
    }

    /** The answer, and then each change of it, whole. */
    private <T> SseEmitter stream(Message<?> query, ResponseType<T> type) {
        var subscription = new AtomicReference<@Nullable SubscriptionQueryResult<T, T>>();
        var emitter = streams.open(() -> {
            var open = subscription.get();
            if (open != null) {
                open.cancel();
            }
        });
        var result = queries.subscriptionQuery(query, type, type);
        subscription.set(result);
        // The first answer is asked for here, so that a refusal is answered as for any other request.
        T first;
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
