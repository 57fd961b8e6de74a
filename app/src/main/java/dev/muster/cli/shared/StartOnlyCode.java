package dev.muster.cli.shared;

import dev.muster.app.DiagnosticCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.management.JMException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the optimizing compiler, while a server starts, from code that hardly anything but a start runs. On two processors that compiler took a third of
 * them away from the start, most of it for some dozen methods that are not called again; they stay with what the fast compiler makes
 * of them. {@code start-only.json} says which code it is. Whatever else becomes hot is optimized as ever, and after the start that code too. A virtual
 * machine that doesn't know such directives starts as it would without.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/17/vm/compiler-control1.html">Compiler control</a>
 */
final class StartOnlyCode implements AutoCloseable {

    private static final String LIST = "start-only.json";
    private static final String ONE_ADDED = "1 ";

    private final CompletableFuture<Boolean> told;

    private StartOnlyCode(CompletableFuture<Boolean> told) {
        this.told = told;
    }

    /** Until it is closed. To ask the virtual machine takes a tenth of a second, so it is done beside the start. */
    static StartOnlyCode notOptimized(Executor beside) {
        return new StartOnlyCode(
                CompletableFuture.supplyAsync(StartOnlyCode::tell, beside).exceptionally(fault -> false));
    }

    @Override
    public void close() {
        if (told.join()) {
            try {
                DiagnosticCommands.run("compilerDirectivesRemove");
            } catch (JMException | RuntimeException e) {
                log().warn("What only a start runs is never optimized: the compiler can't be told otherwise", e);
            }
        }
    }

    private static boolean tell() {
        try (var list = StartOnlyCode.class.getResourceAsStream(LIST)) {
            var file = Files.createTempFile("muster-start-", ".json");
            try {
                Files.write(file, Objects.requireNonNull(list).readAllBytes());
                return DiagnosticCommands.run("compilerDirectivesAdd", file.toString())
                        .startsWith(ONE_ADDED);
            } finally {
                Files.delete(file);
            }
        } catch (IOException | JMException | RuntimeException e) {
            log().debug("What only a start runs is optimized too", e);
            return false;
        }
    }

    /** Not before it is needed: the start sets logging up. */
    private static Logger log() {
        return LoggerFactory.getLogger(StartOnlyCode.class);
    }
}
