package dev.muster.http;

import dev.muster.history.LogSource;
import dev.muster.message.InvalidField;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.message.Role;
import dev.muster.processor.ProcessorStatus;
import dev.muster.processor.Processors;
import dev.muster.replay.ReplayRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.JsonNode;

/** The processors of events, for operators; auditors see them too. */
@RestController
class ProcessorController {

    private static final long REST_MILLIS = 500;
    private static final int RESTS_TO_A_BEAT = 30;

    private final Processors processors;
    private final LogSource log;
    private final MessageBodies bodies;
    private final Streams streams;

    ProcessorController(Processors processors, LogSource log, MessageBodies bodies, Streams streams) {
        this.processors = processors;
        this.log = log;
        this.bodies = bodies;
        this.streams = streams;
    }

    /**
     * What a reset takes.
     *
     * @param from a position, or a time
     */
    record Reset(
            @Nullable String view,
            @Nullable JsonNode from,
            @Nullable Boolean verify) {}

    @GetMapping("/api/processors")
    ResponseEntity<byte[]> all(HttpServletRequest request) {
        only(Role.AUDITOR, request);
        return HttpProblem.json(ResponseEntity.ok(), Map.of("items", processors.all()));
    }

    @GetMapping("/api/processors/{name}")
    Object one(@PathVariable String name, HttpServletRequest request) {
        only(Role.AUDITOR, request);
        var status = processors.get(name);
        var accept = request.getHeader("Accept");
        return accept != null && accept.contains(MediaType.TEXT_EVENT_STREAM_VALUE)
                ? follow(name)
                : HttpProblem.json(ResponseEntity.ok(), status);
    }

    @PostMapping("/api/processors/{name}/{action}")
    ResponseEntity<byte[]> act(@PathVariable String name, @PathVariable String action, HttpServletRequest request)
            throws IOException {
        only(Role.OPERATOR, request);
        var status =
                switch (action) {
                    case "pause" -> processors.pause(name);
                    case "resume" -> processors.resume(name);
                    case "reset" -> processors.reset(name, replay(bodies.read(bodies.object(request), Reset.class)));
                    case "cancel" -> processors.cancel(name);
                    default ->
                        throw new Refusal(new Problem(
                                "no-such-path",
                                "There is no such path",
                                404,
                                "A processor can be told to pause, resume, reset or cancel, but not to " + action
                                        + "."));
                };
        return HttpProblem.json(ResponseEntity.ok(), status);
    }

    private static void only(Role role, HttpServletRequest request) {
        var actor = RequestContext.of(request).actor();
        if (!actor.has(role)) {
            throw new Refusal(new Problem(
                    "role-missing",
                    "The actor may not do this",
                    403,
                    "Processors are for operators, and auditors may look at them; " + actor + " may not."));
        }
    }

    private ReplayRequest replay(Reset reset) {
        return new ReplayRequest(reset.view(), position(reset.from()), Boolean.TRUE.equals(reset.verify()));
    }

    private @Nullable Long position(@Nullable JsonNode from) {
        if (from == null || from.isNull()) {
            return null;
        }
        if (from.isIntegralNumber() && from.canConvertToLong()) {
            return from.asLong();
        }
        try {
            return log.positionAsOf(Instant.parse(from.isString() ? from.asString() : ""));
        } catch (DateTimeException e) {
            throw new InvalidField(
                    "from", "must be a position or an instant such as 2026-01-31T12:00:00Z, but is " + from);
        }
    }

    /** The status, and then each change of it. */
    private SseEmitter follow(String name) {
        var ended = new AtomicBoolean();
        var emitter = streams.open(() -> ended.set(true));
        streams.threads().execute(() -> {
            try {
                @Nullable ProcessorStatus sent = null;
                for (var rests = 0; !ended.get(); rests++) {
                    var now = processors.get(name);
                    if (!now.equals(sent)) {
                        sent = now;
                        emitter.send(SseEmitter.event()
                                .name("processor")
                                .data(new String(HttpProblem.bytes(now), StandardCharsets.UTF_8)));
                    } else if (rests % RESTS_TO_A_BEAT == 0) {
                        emitter.send(SseEmitter.event().comment("alive"));
                    }
                    TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
                }
            } catch (InterruptedException e) {
                emitter.complete();
            } catch (IOException | RuntimeException e) {
                emitter.completeWithError(e);
            }
        });
        return emitter;
    }
}
