package dev.muster.cli.shared;

import dev.muster.app.MusterApplication;
import dev.muster.app.domain.DomainJars;
import java.util.List;
import java.util.concurrent.Executors;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The application in this process with the domains of its home, as the commands need it. */
public final class Application {

    private Application() {}

    /** A start that failed, of which Spring Boot has told why. */
    public static final class StartFailed extends RuntimeException {
        StartFailed(RuntimeException cause) {
            super(cause);
        }
    }

    /** With HTTP. */
    public static ConfigurableApplicationContext serving(List<String> properties) {
        // One thread: many a start has but two processors, and compilers want one of them.
        var beside = Executors.newSingleThreadExecutor(Application::helper);
        try (var code = StartOnlyCode.notOptimized(beside);
                var classes = ClassesAhead.loaded(beside)) {
            return start(new SpringApplicationBuilder(MusterApplication.class), properties);
        } finally {
            beside.shutdown();
        }
    }

    private static Thread helper(Runnable work) {
        var thread = new Thread(work, "muster-start");
        thread.setDaemon(true);
        return thread;
    }

    /** Without HTTP, for a command that needs the folder for itself. */
    public static ConfigurableApplicationContext silent(List<String> properties) {
        return start(
                new SpringApplicationBuilder(MusterApplication.class)
                        .web(WebApplicationType.NONE)
                        .logStartupInfo(false),
                properties);
    }

    private static ConfigurableApplicationContext start(SpringApplicationBuilder application, List<String> properties) {
        try {
            return application.listeners(new DomainJars()).run(properties.toArray(String[]::new));
        } catch (RuntimeException e) {
            throw new StartFailed(e);
        }
    }
}
