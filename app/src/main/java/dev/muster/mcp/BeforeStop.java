package dev.muster.mcp;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;

/** Ends the streams of this edge when the server begins to stop: it waits for its requests, and these end by no other way. */
@Component
class BeforeStop implements ApplicationListener<ContextClosedEvent> {

    private final Queue<Runnable> ends = new ConcurrentLinkedQueue<>();

    void run(Runnable end) {
        ends.add(end);
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        ends.forEach(Runnable::run);
    }
}
