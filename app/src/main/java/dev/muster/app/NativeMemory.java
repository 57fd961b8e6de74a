package dev.muster.app;

import jakarta.annotation.PreDestroy;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
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
            var beans = ManagementFactory.getPlatformMBeanServer();
            var commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
            if (beans.isRegistered(commands) && canTrim(beans, commands)) {
                worker.scheduleWithFixedDelay(() -> trim(beans, commands), 0, SECONDS, TimeUnit.SECONDS);
            }
        } catch (JMException | SecurityException e) {
            LOG.debug("Free memory outside of the heap is left to the C library", e);
        }
    }

    private static boolean canTrim(MBeanServer beans, ObjectName commands) throws JMException {
        return Arrays.stream(beans.getMBeanInfo(commands).getOperations())
                .anyMatch(operation -> operation.getName().equals(TRIM));
    }

    private static void trim(MBeanServer beans, ObjectName commands) {
        try {
            var done = beans.invoke(commands, TRIM, new Object[0], new String[0]);
            LOG.debug("{}", done);
        } catch (JMException | RuntimeException e) {
            LOG.debug("Free memory outside of the heap can't be given back", e);
        }
    }

    @PreDestroy
    void stop() {
        worker.shutdown();
    }
}
