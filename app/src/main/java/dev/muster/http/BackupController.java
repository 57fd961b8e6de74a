package dev.muster.http;

import dev.muster.message.InvalidField;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.message.Role;
import dev.muster.store.RocksEventStorageEngine;
import dev.muster.store.StoreUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Backups of the embedded log while it is written, for operators. */
@RestController
class BackupController {

    private static final int KEPT = 7;

    private final ObjectProvider<RocksEventStorageEngine> log;
    private final MessageBodies bodies;

    BackupController(ObjectProvider<RocksEventStorageEngine> log, MessageBodies bodies) {
        this.log = log;
        this.bodies = bodies;
    }

    /**
     * What is wanted.
     *
     * @param to an absolute path on this machine
     * @param keep how many backups are kept there; {@value #KEPT} if it doesn't say
     */
    record Wanted(@Nullable String to, @Nullable Integer keep) {}

    /** Answered when the backup is whole and synced. */
    @PostMapping("/api/backups")
    ResponseEntity<byte[]> make(HttpServletRequest request) throws IOException {
        var actor = RequestContext.of(request).actor();
        if (!actor.has(Role.OPERATOR)) {
            throw new Refusal(new Problem(
                    "role-missing",
                    "The actor may not do this",
                    403,
                    "Backups are for operators, which " + actor + " is not."));
        }
        var wanted = bodies.read(bodies.object(request), Wanted.class);
        var to = folder(wanted.to());
        var keep = wanted.keep() == null ? KEPT : wanted.keep();
        if (keep < 1) {
            throw new InvalidField("keep", "must be at least 1, but is " + keep);
        }
        try {
            return HttpProblem.json(ResponseEntity.ok(), embedded().backup(to, keep));
        } catch (StoreUnavailableException e) {
            throw new Refusal(new Problem("backup-refused", "The backup can't be made", 409, e.getMessage()));
        }
    }

    private RocksEventStorageEngine embedded() {
        var engine = log.getIfAvailable();
        if (engine == null) {
            throw new Refusal(new Problem(
                    "backup-unavailable",
                    "This engine's log can't be backed up here",
                    501,
                    "This engine keeps its log elsewhere. Back it up with the means of that."));
        }
        return engine;
    }

    private static Path folder(@Nullable String text) {
        try {
            var path = Path.of(text == null ? "" : text);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            // Told below.
        }
        throw new InvalidField("to", "must be an absolute path on the server's machine, but is " + text);
    }
}
