package dev.muster.app;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Axon tells its makers of every start, with what is on the class path. Muster does not, whoever starts it: also an application that has it
 * on its class path. Who sets the property to {@code false} is let.
 */
public final class NoUpdateCheck implements EnvironmentPostProcessor {

    private static final String DISABLED = "axoniq.update-checker.disabled";

    /** Before Axon is started in this process. */
    public static void settle() {
        if (System.getProperty(DISABLED) == null) {
            System.setProperty(DISABLED, "true");
        }
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        settle();
    }
}
