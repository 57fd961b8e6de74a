package dev.muster.app;

import dev.muster.history.LogOrigin;
import dev.muster.progress.ProgressBar;
import dev.muster.view.ViewProgress;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Shows how far the views are while they catch up with the log, and notes now and then where they stand. */
@Component
class ViewCatchUp implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ViewCatchUp.class);

    /** How far the views may be behind before it is worth a line. */
    private static final long WORTH_SAYING = 1_000;

    private final ViewProgress progress;
    private final LogOrigin log;
    private final ViewOrigin origin;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "muster-view-progress");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean running;
    private @Nullable ProgressBar bar;

    ViewCatchUp(ViewProgress progress, LogOrigin log, ViewOrigin origin) {
        this.progress = progress;
        this.log = log;
        this.origin = origin;
    }

    @Override
    public void start() {
        running = true;
        timer.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            var done = progress.position() + 1;
            var all = log.head();
            if (all - done > WORTH_SAYING) {
                bar = bar == null ? ProgressBar.orLog("Folding the views", all, LOG::info) : bar;
                bar.show(Math.min(done, bar.all()));
            } else if (bar != null) {
                bar.show(bar.all());
                bar = null;
                LOG.info("The views have caught up with {} events", all);
            }
            if (done > 0) {
                origin.folded(done - 1);
            }
        } catch (RuntimeException e) {
            LOG.debug("How far the views are can't be told", e);
        }
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
