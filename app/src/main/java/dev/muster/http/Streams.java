package dev.muster.http;

import dev.muster.access.Identity;
import dev.muster.access.KnownTokens;
import dev.muster.app.MusterProperties;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The streams that are open, of which there may be so many at a time. A stream is open no longer than the token it was opened with. */
@Component
public class Streams {

    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

    private final Semaphore free;
    private final int max;
    private final Set<SseEmitter> open = ConcurrentHashMap.newKeySet();
    private final Map<Runnable, String> endings = new ConcurrentHashMap<>();
    private final KnownTokens tokens;
    private final Clock clock;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "muster-stream");
        thread.setDaemon(true);
        return thread;
    });

    Streams(MusterProperties properties, KnownTokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
        tokens.whenRevoked(token -> endThoseOf(token.value()));
        this.max = properties.query().maxStreams();
        this.free = new Semaphore(max);
    }

    /** Opens a stream; {@code atEnd} runs once when it ends, whoever ends it. */
    public SseEmitter open(Runnable atEnd) {
        if (!free.tryAcquire()) {
            throw new Refusal(new Problem(
                    "too-many-streams",
                    "As many streams are open as may be",
                    503,
                    "There are " + max + " streams open. Close one, or raise muster.query.max-streams.",
                    Map.of("retryAfterSeconds", 5)));
        }
        var identity = Identity.current();
        var emitter = new SseEmitter(identity.map(this::millisLeft).orElse(0L));
        var ended = new AtomicBoolean();
        Runnable revoked = () -> complete(emitter);
        Runnable end = () -> {
            if (ended.compareAndSet(false, true)) {
                free.release();
                open.remove(emitter);
                endings.remove(revoked);
                atEnd.run();
            }
        };
        emitter.onCompletion(end);
        emitter.onTimeout(end);
        emitter.onError(failure -> end.run());
        open.add(emitter);
        identity.ifPresent(known -> endWith(known, revoked));
        return emitter;
    }

    /**
     * Ends what was opened elsewhere when the token is revoked that the request at hand came with.
     *
     * @return to be run when it has ended by itself
     */
    public Runnable endWithToken(Runnable end) {
        Identity.current().ifPresent(identity -> endWith(identity, end));
        return () -> endings.remove(end);
    }

    private void endWith(Identity identity, Runnable end) {
        endings.put(end, identity.id());
        // It may have been revoked since the request was let in.
        if (tokens.isRevoked(identity.id())) {
            end.run();
        }
    }

    /** Until the token expires; 0 for no end. */
    private long millisLeft(Identity identity) {
        return identity.expiresAt() == null
                ? 0
                : Math.max(
                        1,
                        Duration.between(clock.instant(), identity.expiresAt()).toMillis());
    }

    private void endThoseOf(String identity) {
        endings.forEach((end, id) -> {
            if (id.equals(identity)) {
                end.run();
            }
        });
    }

    /** A thread for a stream that has to wait for what it sends. */
    public ExecutorService threads() {
        return threads;
    }

    /** So that a server that stops does not wait for those who listen. */
    @PreDestroy
    void close() {
        threads.shutdownNow();
        open.forEach(Streams::complete);
    }

    private static void complete(SseEmitter stream) {
        try {
            stream.complete();
        } catch (IllegalStateException e) {
            LOG.debug("A stream had ended already", e);
        }
    }
}
