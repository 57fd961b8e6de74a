package dev.muster.app;

import jakarta.annotation.PreDestroy;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Has the C library give back what it keeps of memory that is free again. The virtual machine's compilers take and free much, as
 * RocksDB does, from several threads, and glibc keeps what is freed for each of some sixteen groups of threads, some hundred MiB in
 * all. Where a virtual machine can't do it (before 17.0.9, or where the library is another), nothing is done.
 */
@Component
final class NativeMemory {

    private static final Logger LOG = LoggerFactory.getLogger(NativeMemory.class);
    private static final String TRIM = "systemTrimNativeHeap";
    private static final long SECONDS = 10;

    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "muster-memory");
        thread.setDaemon(true);
        return thread;
    });

    /** Some while after the start, which has no use for it and little time. */
    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        worker.schedule(this::lookForTrim, SECONDS, TimeUnit.SECONDS);
    }

    private void lookForTrim() {
        try {
            if (DiagnosticCommands.has(TRIM)) {
                worker.scheduleWithFixedDelay(NativeMemory::trim, 0, SECONDS, TimeUnit.SECONDS);
            }
        } catch (JMException | SecurityException e) {
            LOG.debug("Free memory outside of the heap is left to the C library", e);
        }
    }

    private static void trim() {
        try {
            LOG.debug("{}", DiagnosticCommands.run(TRIM));
        } catch (JMException | RuntimeException e) {
            LOG.debug("Free memory outside of the heap can't be given back", e);
        }
    }

    @PreDestroy
    void stop() {
        worker.shutdown();
    }
}
