package dev.muster.whatif;

import dev.muster.task.TaskRow;
import dev.muster.task.TaskSupervisor;
import dev.muster.view.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Supervision in a sandbox: leases, rests and deadlines are over when the virtual clock says so. */
final class SandboxSupervision implements SandboxKit.Attendant {

    private static final int LIMIT = 1_000;

    private final Sandbox sandbox;
    private final TaskSupervisor supervisor;

    SandboxSupervision(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.supervisor = new TaskSupervisor(
                sandbox.queries(),
                sandbox.commands(),
                sandbox.clock(),
                new TaskSupervisor.Settings(Duration.ofDays(1), Duration.ZERO, Duration.ZERO, LIMIT));
    }

    @Override
    public boolean look() throws Exception {
        var before = sandbox.appended().size();
        supervisor.look();
        return sandbox.appended().size() > before;
    }

    @Override
    public Optional<Instant> nextAfter(Instant moment) {
        return Stream.of(
                        next("leaseDue", moment, row -> row.view().leaseExpiresAt()),
                        next("retryDue", moment, row -> row.view().retryAt()),
                        next("deadlineDue", moment, row -> row.view().deadline()))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    private Optional<Instant> next(String column, Instant moment, Function<TaskRow, @Nullable Instant> due) {
        var later = Selection.all().atLeast(column, moment.plusMillis(1)).orderBy(column);
        return sandbox.views(TaskRow.DEFINITION).find(later, 1, null).items().stream()
                .map(due)
                .findFirst();
    }
}
