package dev.muster.http;

import dev.muster.app.MusterProperties;
import dev.muster.history.LogOrigin;
import dev.muster.message.Actor;
import dev.muster.message.Check;
import dev.muster.message.EntityId;
import dev.muster.message.InvalidField;
import dev.muster.message.Page;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.message.Role;
import dev.muster.subscription.Acknowledgement.Failure;
import dev.muster.subscription.Delivered;
import dev.muster.subscription.Deliveries;
import dev.muster.subscription.DeliveryId;
import dev.muster.subscription.SubscriptionId;
import dev.muster.subscription.Webhooks;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What members of a subscription's group do: they fetch deliveries, or have them streamed, and say what came of them. */
@RestController
class SubscriptionController {

    private static final Set<String> PARAMETERS = Set.of("member", "limit", "wait");
    private static final Duration BEAT = Duration.ofSeconds(15);
    private static final int MAX_SETTLED = 1_000;
    private static final int MAX_ERROR = 2_000;

    private final Deliveries deliveries;
    private final Webhooks webhooks;
    private final Streams streams;
    private final MessageBodies bodies;
    private final CloudEvents cloudEvents;
    private final Duration waitLimit;

    SubscriptionController(
            Deliveries deliveries,
            Webhooks webhooks,
            Streams streams,
            MessageBodies bodies,
            LogOrigin origin,
            MusterProperties properties) {
        this.deliveries = deliveries;
        this.webhooks = webhooks;
        this.streams = streams;
        this.bodies = bodies;
        this.cloudEvents = new CloudEvents(origin.identity());
        this.waitLimit = properties.query().waitLimit();
    }

    /**
     * What came of deliveries.
     *
     * @param member who had them; the actor if it doesn't say
     */
    record Settled(
            @Nullable String member,
            @Nullable List<String> acknowledged,
            @Nullable List<Failed> failed) {}

    /** A delivery that could not be done. */
    record Failed(@Nullable String id, @Nullable String error) {}

    @GetMapping("/api/subscriptions/{id}/deliveries")
    Object deliveries(@PathVariable String id, HttpServletRequest request) {
        var actor = RequestContext.of(request).actor();
        request.getParameterMap().keySet().stream()
                .filter(name -> !PARAMETERS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw MessageBodies.unknownField(name, PARAMETERS);
                });
        var subscription = SubscriptionId.of(id);
        var member = member(request.getParameter("member"), actor);
        var limit = limit(request.getParameter("limit"));
        var wait = RequestContext.wait(request, Duration.ZERO, waitLimit);
        var accept = request.getHeader("Accept");
        return accept != null && accept.contains(MediaType.TEXT_EVENT_STREAM_VALUE)
                ? stream(subscription, actor, member, limit)
                : fetch(subscription, actor, member, limit, wait);
    }

    private static String member(@Nullable String given, Actor actor) {
        var member = given == null ? actor.name() : given;
        EntityId.check("member", member);
        return member;
    }

    private static int limit(@Nullable String text) {
        try {
            return Page.limit(text == null ? null : Integer.valueOf(text));
        } catch (NumberFormatException e) {
            throw new InvalidField("limit", "must be a whole number, but is " + text);
        }
    }

    private DeferredResult<ResponseEntity<byte[]>> fetch(
            SubscriptionId subscription, Actor actor, String member, int limit, Duration wait) {
        var answer = new DeferredResult<ResponseEntity<byte[]>>(0L);
        var taken = deliveries.take(subscription, actor, member, limit, false, wait);
        // The thread that serves all who wait is not to write for each of them.
        var by = taken.isDone() ? (Executor) Runnable::run : streams.threads();
        taken.whenCompleteAsync(
                (delivered, failure) -> {
                    if (failure != null) {
                        answer.setErrorResult(failure);
                    } else {
                        answer.setResult(page(delivered));
                    }
                },
                by);
        return answer;
    }

    private ResponseEntity<byte[]> page(List<Delivered> delivered) {
        return HttpProblem.json(
                ResponseEntity.ok(),
                Map.of("items", delivered.stream().map(this::json).toList()));
    }

    private Map<String, Object> json(Delivered delivered) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", delivered.id().toString());
        json.put("try", delivered.attempt());
        json.put("event", cloudEvents.of(delivered.event()));
        return json;
    }

    /** So many in hand at most; another is sent as soon as one is acknowledged. */
    private SseEmitter stream(SubscriptionId subscription, Actor actor, String member, int limit) {
        deliveries.check(subscription, actor);
        var ended = new AtomicBoolean();
        var asked = new AtomicReference<>(CompletableFuture.completedFuture(List.<Delivered>of()));
        var emitter = streams.open(() -> {
            ended.set(true);
            // What is found for it from now on is for somebody else.
            asked.get().complete(List.of());
        });
        streams.threads().execute(() -> {
            try {
                while (!ended.get()) {
                    var next = deliveries.take(subscription, actor, member, limit, true, BEAT);
                    asked.set(next);
                    send(emitter, next.get());
                }
            } catch (InterruptedException e) {
                emitter.complete();
            } catch (ExecutionException | IOException | RuntimeException e) {
                emitter.completeWithError(e);
            }
        });
        return emitter;
    }

    private void send(SseEmitter emitter, List<Delivered> delivered) throws IOException {
        if (delivered.isEmpty()) {
            emitter.send(SseEmitter.event().comment("alive"));
        }
        for (var each : delivered) {
            emitter.send(SseEmitter.event()
                    .id(each.id().toString())
                    .name("delivery")
                    .data(new String(HttpProblem.bytes(json(each)), StandardCharsets.UTF_8)));
        }
    }

    @PostMapping("/api/subscriptions/{id}/acknowledgements")
    ResponseEntity<byte[]> settle(@PathVariable String id, HttpServletRequest request) throws IOException {
        var actor = RequestContext.of(request).actor();
        var settled = bodies.read(bodies.object(request), Settled.class);
        var acknowledged = Check.list("acknowledged", settled.acknowledged(), MAX_SETTLED).stream()
                .map(each -> DeliveryId.parse("acknowledged", each))
                .toList();
        var failed = Check.list("failed", settled.failed(), MAX_SETTLED).stream()
                .map(each -> new Failure(
                        DeliveryId.parse("failed.id", Check.text("failed.id", each.id(), 40)),
                        Check.text("failed.error", each.error(), MAX_ERROR)))
                .toList();
        return HttpProblem.json(
                ResponseEntity.ok(),
                deliveries.settle(SubscriptionId.of(id), actor, member(settled.member(), actor), acknowledged, failed));
    }

    @GetMapping("/api/subscriptions/{id}")
    ResponseEntity<byte[]> status(@PathVariable String id, HttpServletRequest request) {
        var actor = RequestContext.of(request).actor();
        return HttpProblem.json(ResponseEntity.ok(), deliveries.status(SubscriptionId.of(id), actor));
    }

    /** Shown to operators whenever they ask, since it is derived and not kept. */
    @GetMapping("/api/subscriptions/{id}/secret")
    ResponseEntity<byte[]> secret(@PathVariable String id, HttpServletRequest request) {
        var actor = RequestContext.of(request).actor();
        if (!actor.has(Role.OPERATOR)) {
            throw new Refusal(new Problem(
                    "role-missing",
                    "The actor may not do this",
                    403,
                    "Secrets of webhooks are for operators, which " + actor + " is not."));
        }
        return HttpProblem.json(
                ResponseEntity.ok().header("Cache-Control", "no-store"),
                Map.of("secret", webhooks.secret(SubscriptionId.of(id))));
    }
}
