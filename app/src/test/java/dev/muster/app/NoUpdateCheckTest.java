package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;

/** An application with Muster on its class path tells nobody of its starts. */
class NoUpdateCheckTest {

    private static final String DISABLED = "axoniq.update-checker.disabled";

    private final String before = System.getProperty(DISABLED);

    @BeforeEach
    void forget() {
        System.clearProperty(DISABLED);
    }

    @AfterEach
    void restore() {
        if (before != null) {
            System.setProperty(DISABLED, before);
        }
    }

    @Test
    void whoever_starts_an_application_has_it_switched_off() {
        startNothing();
        assertThat(System.getProperty(DISABLED)).isEqualTo("true");
    }

    @Test
    void but_who_wants_it_keeps_it() {
        System.setProperty(DISABLED, "false");
        startNothing();
        assertThat(System.getProperty(DISABLED)).isEqualTo("false");
    }

    private static void startNothing() {
        var application = new SpringApplication(Nothing.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.run().close();
    }

    static class Nothing {}
}
