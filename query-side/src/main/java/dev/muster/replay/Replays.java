package dev.muster.replay;

import dev.muster.history.LogSource;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.replay.ReplayStatus.State;
import dev.muster.view.BesideStores;
import dev.muster.view.JdbcViewStores;
import dev.muster.view.Selection;
import dev.muster.view.ViewDefinition;
import dev.muster.view.ViewGate;
import dev.muster.view.ViewProgress;
import dev.muster.world.Domain;
import dev.muster.world.Parts;
import dev.muster.world.Projections;
import dev.muster.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds views again, one replay at a time: beside the live ones, never ahead of them, and when it has caught up, in the moment
 * in which the live ones stand still, both are compared and the new ones take their place. Since both stand at one position
 * then, nothing else moves. Thread-safe.
 */
public final class Replays implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Replays.class);

    /** For how long the live views may have to stand still until the others have caught up. */
    private static final Duration STANDSTILL = Duration.ofSeconds(30);

    private static final long LOOK_NANOS = 100_000_000;

    /** What replays need of the system around them. */
    public record Surroundings(
            Domain domain,
            LogSource log,
            StreamableMessageSource<TrackedEventMessage<?>> events,
            JdbcViewStores live,
            ViewProgress progress,
            ViewGate gate,
            ConnectionProvider connections,
            TransactionManager transactions,
            TokenStore tokens,
            LongFunction<World> worlds,
            int batchSize) {}

    private final Surroundings around;
    private final ReplayRecords records;
    private final Inspection inspection;
    private final Work work;
    private @Nullable Running running;

    /** @param around {@code worlds} makes a World that stands at a position, and is the caller's own */
    public Replays(Surroundings around) {
        this.around = around;
        this.records = new ReplayRecords(around.connections());
        this.inspection = new Inspection(around.domain(), around.log(), around.live(), around.worlds());
        this.work = new Work(around.transactions());
    }

    /** Goes on with what was under way when the process ended, and clears away what else was left. */
    public synchronized void resume() {
        work.run(records::prepare);
        var known = work.of(records::underWay);
        var going = known.filter(record -> around.live().has(record.generation()));
        around.live().dropOthers(going.map(ReplayRecord::generation).orElse(-1));
        known.filter(record -> going.isEmpty()).ifPresent(record -> work.run(() -> records.delete(record.id())));
        going.ifPresent(this::begin);
    }

    /**
     * Begins a replay.
     *
     * @throws Refusal if one is under way, or if there is nothing that could be folded so
     */
    public synchronized ReplayStatus start(ReplayRequest request) {
        if (running != null && !running.state.isOver()) {
            throw new Refusal(new Problem(
                    "replay-under-way",
                    "A replay is under way",
                    409,
                    "The views " + running.record.viewNames()
                            + " are being folded again. Wait for the end, or cancel it.",
                    Map.of()));
        }
        var from = request.from();
        if (from != null && (from < -1 || from > around.progress().position())) {
            throw new Refusal(new Problem(
                    "no-such-position",
                    "There is no such position",
                    422,
                    "A replay begins at a position that the views have folded, from -1 (before everything) to "
                            + around.progress().position() + ", but not at " + from + "."));
        }
        var connected = ConnectedViews.of(around.domain(), request);
        var generation = around.live().nextGeneration();
        var beside = around.live().beside(generation, connected.views());
        var record =
                new ReplayRecord(UUID.randomUUID().toString(), connected.names(), from, request.verify(), generation);
        work.run(() -> {
            beside.standAt(-1);
            records.insert(record);
        });
        return begin(record).status();
    }

    private void forgetToken(ReplayRecord record) {
        if (around.tokens().fetchSegments(record.processor()).length > 0) {
            around.tokens().fetchToken(record.processor(), 0);
            around.tokens().deleteToken(record.processor(), 0);
        }
    }

    private Running begin(ReplayRecord record) {
        var begun = new Running(record);
        running = begun;
        begun.thread.start();
        return begun;
    }

    /** The replay that is under way, or was last since the process began. */
    public synchronized Optional<ReplayStatus> status() {
        return Optional.ofNullable(running).map(Running::status);
    }

    /** Gives up what is under way. The live views are as they are. */
    public void cancel() {
        Running going;
        synchronized (this) {
            going = running;
        }
        if (going == null || going.state.isOver()) {
            throw new Refusal(new Problem(
                    "no-replay", "No replay is under way", 409, "No replay is under way that could be cancelled."));
        }
        going.cancelled = true;
        going.join();
    }

    /** Stops folding; what is under way goes on at the next start. */
    @Override
    public void close() {
        Running going;
        synchronized (this) {
            going = running;
        }
        if (going != null) {
            going.closing = true;
            going.join();
        }
    }

    /** One replay. */
    private final class Running implements Runnable {

        private final ReplayRecord record;
        private final BesideStores beside;
        private final Thread thread;
        private final Rate rate = new Rate();
        private volatile State state = State.PREPARING;
        private volatile boolean cancelled;
        private volatile boolean closing;
        private volatile @Nullable ReplayFold fold;
        private volatile @Nullable String error;
        private volatile @Nullable ReplayReport report;
        private volatile long stoppedAt = -1;

        Running(ReplayRecord record) {
            this.record = record;
            this.beside = around.live().beside(record.generation(), views());
            this.thread = new Thread(this, "muster-replay");
            thread.setDaemon(true);
        }

        private List<ViewDefinition<?>> views() {
            return around.domain().views().stream()
                    .filter(view -> record.views().contains(view.name()))
                    .toList();
        }

        void join() {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        ReplayStatus status() {
            var at = state.isOver() ? stoppedAt : beside.marks().position();
            var target = state.isOver() ? at : around.progress().position();
            var perSecond = state.isOver() ? 0 : rate.perSecond();
            var left = perSecond > 0 ? Long.valueOf(Math.max(0, target - at) / perSecond) : null;
            var failing = fold == null || state.isOver() ? null : fold.error();
            return new ReplayStatus(
                    record.id(),
                    state,
                    record.verify(),
                    record.views(),
                    record.from(),
                    at,
                    target,
                    perSecond,
                    left,
                    failing == null ? error : failing.getMessage(),
                    report);
        }

        @Override
        public void run() {
            try {
                seed();
                LOG.info(
                        "The replay {} of {} folds what follows position {}",
                        record.id(),
                        record.viewNames(),
                        beside.marks().position());
                var folding = new ReplayFold(
                        record.processor(),
                        beside,
                        projections(),
                        new BoundedLog(around.events(), () -> around.progress().position()),
                        around.tokens(),
                        around.transactions(),
                        around.batchSize());
                fold = folding;
                state = State.FOLDING;
                folding.start();
                try {
                    follow(folding);
                } finally {
                    folding.stop();
                }
            } catch (Exception | Error e) {
                LOG.error("The replay of {} failed", record.viewNames(), e);
                error = Objects.toString(e.getMessage(), e.toString());
                end(State.FAILED);
            }
        }

        private Projections projections() {
            var projections = around.domain().projections().stream()
                    .filter(projection -> Parts.views(around.domain(), projection).stream()
                            .anyMatch(view -> record.views().contains(view.name())))
                    .toList();
            return new Projections(new Parts(around.domain(), beside), projections);
        }

        /** The views as they were at the position to begin with; all of them in one transaction, so that none is missing. */
        private void seed() {
            if (record.from() == null || record.from() < 0 || beside.marks().position() >= record.from()) {
                return;
            }
            var world = around.worlds().apply(record.from());
            work.run(() -> {
                views().forEach(view -> copy(view, world));
                beside.standAt(record.from());
            });
        }

        private <V> void copy(ViewDefinition<V> view, World world) {
            var store = beside.open(view);
            world.views(view).all(Selection.all()).forEach(store::put);
        }

        private void follow(ReplayFold folding) throws Exception {
            while (!closing) {
                if (cancelled) {
                    folding.stop();
                    end(State.CANCELLED);
                    return;
                }
                rate.sample(folding.position());
                var behind = around.progress().position() - folding.position();
                if (behind <= Math.max(around.batchSize(), 2 * rate.perSecond())) {
                    var found = around.gate().whileStill(() -> settle(folding));
                    if (found.isPresent()) {
                        report = inspection.report(found.get());
                        LOG.info("{}", report.summary());
                        end(State.DONE);
                        return;
                    }
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }

        /** While the live views stand still. */
        private Optional<Inspection.Found> settle(ReplayFold folding) {
            var position = around.progress().position();
            if (!folding.await(position, STANDSTILL)) {
                return Optional.empty();
            }
            folding.stop();
            var begin = record.from() == null ? -1 : record.from();
            var found = inspection.compare(beside, position, begin, record.verify());
            if (!record.verify()) {
                work.run(() -> {
                    around.live().swap(beside);
                    records.delete(record.id());
                });
            }
            return Optional.of(found);
        }

        private void end(State how) {
            stoppedAt = beside.marks().position();
            try {
                work.run(() -> {
                    records.delete(record.id());
                    forgetToken(record);
                });
                around.live().dropOthers(-1);
            } catch (RuntimeException e) {
                LOG.warn("What the replay left behind is dropped at the next start", e);
            }
            state = how;
        }
    }
}
