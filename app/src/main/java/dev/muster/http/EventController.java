package dev.muster.http;

import dev.muster.history.EventFilter;
import dev.muster.history.HistoryEvent;
import dev.muster.history.LogOrigin;
import dev.muster.history.LogPoint;
import dev.muster.history.LogReader;
import dev.muster.message.InvalidField;
import dev.muster.message.Page;
import dev.muster.subscription.SubscriptionEvent;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The log itself, in pages or live. */
@RestController
class EventController {

    private static final Set<String> PARAMETERS =
            Set.of("entity", "type", "actor", "correlation", "form", "after", "limit");
    private static final Duration BEAT = Duration.ofSeconds(15);

    private final LogReader log;
    private final StoredPages stored;
    private final Streams streams;
    private final CloudEvents cloudEvents;

    EventController(LogReader log, StoredPages stored, Streams streams, LogOrigin origin) {
        this.log = log;
        this.stored = stored;
        this.streams = streams;
        this.cloudEvents = new CloudEvents(origin.identity());
    }

    @GetMapping("/api/events")
    Object events(HttpServletRequest request) {
        RequestContext.of(request);
        request.getParameterMap().keySet().stream()
                .filter(name -> !PARAMETERS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw MessageBodies.unknownField(name, PARAMETERS);
                });
        var accept = request.getHeader("Accept");
        var live = accept != null && accept.contains(MediaType.TEXT_EVENT_STREAM_VALUE);
        if (StoredPages.isAskedBy(request, live)) {
            return page(stored.read(request.getParameter("entity"), after(request), limit(request)), cloudEvents::of);
        }
        var filter = filter(request);
        if (live) {
            var last = request.getHeader("Last-Event-ID");
            return follow(
                    filter,
                    last == null ? point("after", request.getParameter("after")) : point("Last-Event-ID", last));
        }
        return page(log.read(filter, after(request), limit(request)), cloudEvents::of);
    }

    /** Those of subscriptions are left out unless they are asked for, by their type or their entity. */
    private static EventFilter filter(HttpServletRequest request) {
        var filter = new EventFilter(
                request.getParameter("entity"),
                request.getParameter("type"),
                request.getParameter("actor"),
                request.getParameter("correlation"));
        var asked = filter.entity() != null && filter.entity().startsWith("subscription/");
        return asked || !filter.types().isEmpty() ? filter : filter.without(SubscriptionEvent.names());
    }

    private static long after(HttpServletRequest request) {
        return position("after", request.getParameter("after"));
    }

    private static int limit(HttpServletRequest request) {
        return Page.limit(number("limit", request.getParameter("limit")));
    }

    private static <T> ResponseEntity<byte[]> page(Page<T> page, Function<T, Map<String, Object>> cloudEvent) {
        var body = new LinkedHashMap<String, Object>();
        body.put("items", page.items().stream().map(cloudEvent).toList());
        if (page.next() != null) {
            body.put("next", Long.valueOf(page.next()));
        }
        return HttpProblem.json(ResponseEntity.ok(), body);
    }

    private static @Nullable Integer number(String name, @Nullable String text) {
        try {
            return text == null ? null : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new InvalidField(name, "must be a whole number, but is " + text);
        }
    }

    private static long position(String name, @Nullable String text) {
        try {
            return text == null ? -1 : Math.max(-1, Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new InvalidField(name, "must be a position of the log, but is " + text);
        }
    }

    private static LogPoint point(String name, @Nullable String text) {
        return text == null ? LogPoint.BEGINNING : LogPoint.parse(name, text);
    }

    private SseEmitter follow(EventFilter filter, LogPoint after) {
        var ended = new AtomicBoolean();
        var emitter = streams.open(() -> ended.set(true));
        streams.threads().execute(() -> {
            try (var following = log.follow(filter, after)) {
                while (!ended.get()) {
                    send(emitter, following.next(BEAT).orElse(null), following.reached());
                }
            } catch (InterruptedException e) {
                emitter.complete();
            } catch (IOException | RuntimeException e) {
                emitter.completeWithError(e);
            }
        });
        return emitter;
    }

    /** An event; or a comment, by which is noticed that nobody listens any more. */
    private void send(SseEmitter emitter, @Nullable HistoryEvent event, LogPoint reached) throws IOException {
        if (event == null) {
            emitter.send(SseEmitter.event().comment("alive"));
        } else {
            var data = HttpProblem.bytes(cloudEvents.of(event));
            emitter.send(SseEmitter.event()
                    .id(reached.toString())
                    .name(event.type())
                    .data(new String(data, StandardCharsets.UTF_8)));
        }
    }
}
