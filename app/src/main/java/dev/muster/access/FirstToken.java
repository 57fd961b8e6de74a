package dev.muster.access;

import dev.muster.app.MusterProperties;
import java.io.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Sees to it that there is an operator's token before the server takes requests. */
@Component
@ConditionalOnWebApplication
class FirstToken implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(FirstToken.class);

    private final OperatorToken token;
    private final Path home;
    private volatile boolean running;

    FirstToken(OperatorToken token, MusterProperties properties) {
        this.token = token;
        this.home = properties.home();
    }

    @Override
    public void start() {
        running = true;
        var file = OperatorTokenFile.in(home);
        if (!token.exists()) {
            tell(System.console(), token.renew(), file);
        } else if (!Files.exists(file)) {
            LOG.info("The operator's token is not in {} any more; `muster token` makes another one", file);
        }
    }

    /** A secret is printed where a person looks on, and not into what is kept as a log. */
    private static void tell(@Nullable Console console, String secret, Path file) {
        if (console == null) {
            LOG.info("The operator's token was made; it is in {}", file);
        } else {
            console.printf("The operator's token, also in %s:%n%n    %s%n%n", file, secret);
            console.flush();
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Behind all that handles commands, and before the web server. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1_000;
    }
}
