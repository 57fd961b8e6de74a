package dev.muster.app;

import dev.muster.app.MusterProperties.Engine;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Switches Axon Server's connector on for the engine {@code axonserver} and off for every other. An engine that isn't known
 * is refused here, before what depends on one looks for it.
 */
public final class AxonServerSwitch implements EnvironmentPostProcessor {

    private static final String ENGINE = "muster.engine";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var chosen = chosen(environment.getProperty(ENGINE, "embedded"));
        environment
                .getPropertySources()
                .addFirst(
                        new MapPropertySource(ENGINE, Map.of("axon.axonserver.enabled", chosen == Engine.AXONSERVER)));
    }

    private static Engine chosen(String name) {
        return Arrays.stream(Engine.values())
                .filter(engine -> engine.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new InvalidConfigurationPropertyValueException(
                        ENGINE,
                        name,
                        "There is no such engine, but: "
                                + Arrays.stream(Engine.values())
                                        .map(engine -> engine.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", "))
                                + "."));
    }
}
