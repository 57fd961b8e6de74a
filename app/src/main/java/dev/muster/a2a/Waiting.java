package dev.muster.a2a;

import dev.muster.app.MusterProperties;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps the answer to a message until its task has ended or asks something, as A2A has it unless a client says otherwise, but
 * no longer than anything may wait here. Where as many wait as may, the answer is given at once.
 */
@Component
class Waiting {

    /** How many requests may wait, each of which holds a thread of the server. */
    private static final int MAX_WAITING = 64;

    private final Stories stories;
    private final Duration limit;
    private final Semaphore free = new Semaphore(MAX_WAITING);

    Waiting(Stories stories, MusterProperties properties) {
        this.stories = stories;
        this.limit = properties.query().waitLimit();
    }

    void await(Story story) throws InterruptedException {
        if (story.state().isAtRest() || !free.tryAcquire()) {
            return;
        }
        try {
            stories.follow(story, new UntilRest(System.nanoTime() + limit.toNanos()));
        } finally {
            free.release();
        }
    }

    /** @param end by the clock of {@link System#nanoTime} */
    private record UntilRest(long end) implements Stories.Listener {

        @Override
        public @Nullable Duration patience(Story story) {
            var left = end - System.nanoTime();
            return story.state().isAtRest() || left <= 0 ? null : Duration.ofNanos(left);
        }

        @Override
        public void changed(Story story, Change change) {
            // The story itself has all that is wanted.
        }

        @Override
        public void idle() {
            // The patience says that it is over.
        }
    }
}
