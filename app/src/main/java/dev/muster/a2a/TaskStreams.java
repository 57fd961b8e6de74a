package dev.muster.a2a;

import dev.muster.http.Streams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers of many parts, as server-sent events: first the task, then each update until it has ended. The identifier of each is
 * how far the client has been told with it.
 */
@Component
class TaskStreams implements ApplicationListener<ContextClosedEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(TaskStreams.class);
    private static final Duration BEAT = Duration.ofSeconds(15);

    private final Stories stories;
    private final Streams streams;
    private final Set<Telling> open = ConcurrentHashMap.newKeySet();

    TaskStreams(Stories stories, Streams streams) {
        this.stories = stories;
        this.streams = streams;
    }

    /** @throws dev.muster.message.Refusal if as many streams are open as may be */
    SseEmitter begin(RpcRequest request, Story story, int messages) {
        var telling = new Telling(request);
        telling.emitter = streams.open(telling::end);
        open.add(telling);
        streams.threads().execute(() -> telling.tell(story, messages));
        return telling.emitter;
    }

    /** So that a server that stops does not wait for those who listen. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        open.forEach(Telling::complete);
    }

    private final class Telling implements Stories.Listener {

        private final RpcRequest request;
        private volatile boolean ended;
        private @Nullable SseEmitter emitter;

        Telling(RpcRequest request) {
            this.request = request;
        }

        void tell(Story story, int messages) {
            try {
                send(story, Story.wrapped("task", story.task(messages, true)));
                stories.follow(story, this);
                complete();
            } catch (InterruptedException e) {
                complete();
            } catch (RuntimeException e) {
                LOG.debug("A stream of {} has ended", story.id(), e);
                emitter().completeWithError(e);
            }
        }

        @Override
        public @Nullable Duration patience(Story story) {
            return ended || story.state().isEnded() ? null : BEAT;
        }

        @Override
        public void changed(Story story, Change change) {
            story.update(change).ifPresent(update -> send(story, update));
        }

        /** A comment, by which is noticed that nobody listens any more. */
        @Override
        public void idle() {
            send(SseEmitter.event().comment("alive"));
        }

        private void send(Story story, ObjectNode result) {
            send(SseEmitter.event().id(story.reached().toString()).data(Json.text(request.answer(result))));
        }

        private void send(SseEmitter.SseEventBuilder event) {
            try {
                emitter().send(event);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private SseEmitter emitter() {
            if (emitter == null) {
                throw new IllegalStateException("The stream has not begun");
            }
            return emitter;
        }

        void complete() {
            try {
                emitter().complete();
            } catch (IllegalStateException e) {
                LOG.debug("A stream had ended already", e);
            }
        }

        void end() {
            ended = true;
            open.remove(this);
        }
    }
}
