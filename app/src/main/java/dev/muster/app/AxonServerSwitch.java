package dev.muster.app;

import java.util.HashMap;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Switches Axon Server's connector on for the engine {@code axonserver} and off for every other. */
public final class AxonServerSwitch implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var chosen = "axonserver".equalsIgnoreCase(environment.getProperty("muster.engine", "embedded"));
        var properties = new HashMap<String, Object>();
        properties.put("axon.axonserver.enabled", chosen);
        environment.getPropertySources().addFirst(new MapPropertySource("muster-engine", properties));
    }
}
