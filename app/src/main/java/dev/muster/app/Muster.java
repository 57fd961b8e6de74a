package dev.muster.app;

import org.springframework.boot.SpringApplication;

/** Where Muster starts. */
public final class Muster {

    private Muster() {}

    public static void main(String[] args) {
        // Axon would tell its makers of every start; it has to be known before its first class is loaded.
        System.setProperty("axoniq.update-checker.disabled", "true");
        SpringApplication.run(MusterApplication.class, args);
    }
}
