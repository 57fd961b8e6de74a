package dev.muster.task;

import dev.muster.agent.AgentEvent;
import dev.muster.agent.AgentEvent.AgentRegistered;
import dev.muster.agent.AgentEvent.CapabilitiesChanged;
import dev.muster.agent.AgentId;
import dev.muster.message.MetaKeys;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.task.TaskEvent.TaskReopened;
import dev.muster.task.TaskEvent.TaskStarted;
import dev.muster.task.TaskEvent.TaskSubmitted;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of the log look like to somebody who is about to command one: which exist, which wait for which, and which
 * are ready to be claimed. It is told of every event, in any order and any number of times: each event of an entity is
 * folded once, in its order. It decides nothing: the aggregate does. Of a task that has ended it knows only that there is one, and
 * should the task be reopened, its events are read again. Thread-safe.
 */
public final class TaskIndex implements OtherTasks {

    /** How many claims are remembered by their key. */
    static final int REMEMBERED_CLAIMS = 10_000;

    /** How many sets of labels and of capabilities are kept once for all tasks that have them. */
    private static final int SHARED_SETS = 10_000;

    private static final long LOAN_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Function<String, DomainEventStream> log;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<TaskId, IndexedTask> tasks = new HashMap<>();
    private final EndedTasks ended = new EndedTasks();
    private final Map<String, Set<String>> capabilities = new HashMap<>();
    private final Map<Set<String>, Set<String>> shared = new HashMap<>();
    private final TreeSet<IndexedTask> ready = new TreeSet<>(IndexedTask.ORDER);
    private final Map<TaskId, Long> lentUntil = new HashMap<>();
    /** Of each agent, and of each task that is among {@link #tasks}, the last event that is folded. */
    private final Map<String, Long> sequences = new HashMap<>();

    private final Map<String, TreeMap<Long, DomainEventMessage<?>>> early = new HashMap<>();
    private final Map<String, EarlierClaim> claims = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, EarlierClaim> eldest) {
            return size() > REMEMBERED_CLAIMS;
        }
    };
    private volatile boolean caughtUp;

    /** A claim that was made under a key, for that wish, and the version of the task after it. */
    record EarlierClaim(String wish, Assignment assignment, long version) {}

    /** @param log reads all durable events of a task, in their order, by its name in the log; others at the end do no harm */
    public TaskIndex(Function<String, DomainEventStream> log) {
        this(log, System::nanoTime);
    }

    TaskIndex(Function<String, DomainEventStream> log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    // ---- what it is told

    /** Tells it of events, of whatever kind. */
    public void accept(List<? extends EventMessage<?>> events) {
        lock.lock();
        try {
            for (var event : events) {
                if (event instanceof DomainEventMessage<?> domain && isFolded(event.getPayloadType())) {
                    inOrder(domain);
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** By the type, since the payload is read from its stored form only where the event is new. */
    private static boolean isFolded(Class<?> type) {
        return TaskEvent.class.isAssignableFrom(type) || AgentEvent.class.isAssignableFrom(type);
    }

    /** What it knows, to be {@link #restore restored} later; it may have been told of some later events too. */
    public TaskIndexCheckpoint checkpoint() {
        lock.lock();
        try {
            return TaskIndexCheckpoint.of(tasks.values(), capabilities, sequences, claims, ended);
        } finally {
            lock.unlock();
        }
    }

    /** Knows what an index knew that was told of nothing else before. */
    public void restore(TaskIndexCheckpoint checkpoint) {
        var kept = checkpoint.read();
        lock.lock();
        try {
            capabilities.putAll(kept.capabilities());
            sequences.putAll(kept.sequences());
            ended.addAll(checkpoint.ended());
            kept.claims().forEach(claim -> claims.put(claim.key(), claim.claim()));
            kept.tasks().forEach(task -> {
                task.share(this::shared);
                tasks.put(task.id, task);
                offer(task);
            });
        } finally {
            lock.unlock();
        }
    }

    /** Says that it has been told of all that was in the log at the start. */
    public void caughtUp() {
        caughtUp = true;
    }

    public boolean isCaughtUp() {
        return caughtUp;
    }

    /** @throws Refusal if it has not yet been told of all that was in the log at the start */
    void mustBeCaughtUp() {
        if (!caughtUp) {
            throw new Refusal(new Problem(
                    "index-catching-up",
                    "The index of tasks is being made from the log",
                    503,
                    "The index of tasks is being made from the log; what needs it can be answered in a moment.",
                    Map.of("retryAfterSeconds", 1)));
        }
    }

    private void inOrder(DomainEventMessage<?> event) {
        var entity = event.getAggregateIdentifier();
        var last = sequences.get(entity);
        if (last == null && ended.contains(entity)) {
            if (event.getPayloadType() == TaskReopened.class) {
                readAgain(event);
            }
            return;
        }
        var next = last == null ? 0 : last + 1;
        if (event.getSequenceNumber() > next) {
            early.computeIfAbsent(entity, key -> new TreeMap<>()).put(event.getSequenceNumber(), event);
        } else if (event.getSequenceNumber() == next) {
            fold(event, true);
            folded(event);
        }
    }

    private void folded(DomainEventMessage<?> event) {
        var entity = event.getAggregateIdentifier();
        sequences.put(entity, event.getSequenceNumber());
        var waiting = early.remove(entity);
        if (event.getPayload() instanceof TaskEvent of) {
            forgetIfEnded(of.taskId());
        }
        if (waiting != null) {
            waiting.tailMap(event.getSequenceNumber(), false).values().forEach(this::inOrder);
        }
    }

    /** But for what others may wait for by way of it. */
    private void forgetIfEnded(TaskId id) {
        var task = tasks.get(id);
        if (task.isEnded() && task.openBlockers.isEmpty()) {
            ended.add(id.stored());
            tasks.remove(id);
            sequences.remove(id.stored());
        }
    }

    /** A task is there again of which nothing was kept. What the log has of it may go beyond the event that says so. */
    private void readAgain(DomainEventMessage<?> reopened) {
        var last = reopened;
        var next = 0L;
        for (var events = log.apply(reopened.getAggregateIdentifier()); events.hasNext(); ) {
            var event = events.next();
            if (event.getSequenceNumber() == next) {
                fold(event, next > reopened.getSequenceNumber());
                last = event;
                next++;
            }
        }
        if (next <= reopened.getSequenceNumber()) {
            throw new IllegalStateException("The log ends " + next + " events after the beginning of "
                    + reopened.getAggregateIdentifier() + ", before one that was told");
        }
        folded(last);
    }

    /** @param isNew whether a claim is to be remembered */
    private void fold(DomainEventMessage<?> message, boolean isNew) {
        if (message.getPayload() instanceof AgentRegistered agent) {
            capabilities.put(agent.agentId().value(), agent.capabilities());
        } else if (message.getPayload() instanceof CapabilitiesChanged agent) {
            capabilities.put(agent.agentId().value(), agent.capabilities());
        } else if (message.getPayload() instanceof TaskSubmitted submitted) {
            var task = new IndexedTask(submitted, message.getTimestamp());
            task.share(this::shared);
            tasks.put(task.id, task);
            offer(task);
        } else if (message.getPayload() instanceof TaskEvent event) {
            var task = tasks.get(event.taskId());
            var wasReady = task.isReady();
            if (wasReady) {
                ready.remove(task);
            }
            task.apply(event);
            if (wasReady || task.isReady()) {
                offer(task);
            }
            if (isNew && event instanceof TaskStarted started) {
                remember(started, task, message);
            }
        }
    }

    private Set<String> shared(Set<String> names) {
        var known = shared.get(names);
        if (known == null && shared.size() < SHARED_SETS) {
            shared.put(names, names);
        }
        return known == null ? names : known;
    }

    private void offer(IndexedTask task) {
        if (task.isReady()) {
            ready.add(task);
        } else {
            lentUntil.remove(task.id);
        }
    }

    private void remember(TaskStarted started, IndexedTask task, DomainEventMessage<?> message) {
        var assignment = task.assignment;
        if (message.getMetaData().get(MetaKeys.IDEMPOTENCY_KEY) instanceof String stored && assignment != null) {
            ClaimKey.parse(stored)
                    .ifPresent(key -> claims.put(
                            claimKey(started.agentId(), key.key()),
                            new EarlierClaim(key.wish(), assignment, message.getSequenceNumber())));
        }
    }

    private static String claimKey(AgentId agent, String key) {
        return agent.value() + " " + key;
    }

    // ---- what it answers

    /** The claim that this agent made under this key of its own, if it is remembered. */
    Optional<EarlierClaim> claimed(AgentId agent, String key) {
        lock.lock();
        try {
            return Optional.ofNullable(claims.get(claimKey(agent, key)));
        } finally {
            lock.unlock();
        }
    }

    boolean knows(AgentId agent) {
        lock.lock();
        try {
            return capabilities.containsKey(agent.value());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lends the best ready task that fits and is lent to nobody else; it is lent until it is given back, is ready no more,
     * or two seconds have passed. Where every task that fits is lent, it waits for one of them; where none fits, it waits
     * as long as it may.
     *
     * @param skipped tasks that were tried already
     * @param patience for how many nanoseconds it may wait for a task to become ready
     * @return nothing if no task fits
     */
    Optional<TaskId> lend(TaskCommand.ClaimNextTask wish, Set<TaskId> skipped, long patience)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var until = nanos.getAsLong() + patience;
            while (true) {
                var now = nanos.getAsLong();
                var soonest = Long.MAX_VALUE;
                for (var task : ready) {
                    if (skipped.contains(task.id) || !fits(task, wish)) {
                        continue;
                    }
                    var lent = lentUntil.get(task.id);
                    if (lent == null || lent - now <= 0) {
                        lentUntil.put(task.id, now + LOAN_NANOS);
                        return Optional.of(task.id);
                    }
                    soonest = Math.min(soonest, lent - now);
                }
                var left = until - now;
                if (left <= 0 && soonest == Long.MAX_VALUE) {
                    return Optional.empty();
                }
                changed.awaitNanos(Math.min(soonest, left <= 0 ? soonest : left));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends a loan. */
    void giveBack(TaskId task) {
        lock.lock();
        try {
            if (lentUntil.remove(task) != null) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean fits(IndexedTask task, TaskCommand.ClaimNextTask wish) {
        return (wish.missionId() == null || wish.missionId().equals(task.missionId))
                && (wish.parentId() == null || wish.parentId().equals(task.parentId))
                && (wish.labels() == null || task.labels.containsAll(wish.labels()))
                && !task.declined.contains(wish.agentId())
                && capabilities.getOrDefault(wish.agentId().value(), Set.of()).containsAll(task.capabilities);
    }

    @Override
    public boolean exists(TaskId taskId) {
        mustBeCaughtUp();
        lock.lock();
        try {
            return tasks.containsKey(taskId) || ended.contains(taskId.stored());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<List<TaskId>> wayOfBlockers(TaskId from, TaskId to) {
        mustBeCaughtUp();
        lock.lock();
        try {
            var cameFrom = new HashMap<TaskId, @Nullable TaskId>();
            var queue = new ArrayDeque<TaskId>(List.of(from));
            var seen = new HashSet<>(List.of(from));
            cameFrom.put(from, null);
            while (!queue.isEmpty()) {
                var task = queue.remove();
                if (task.equals(to)) {
                    return Optional.of(way(to, cameFrom));
                }
                var known = tasks.get(task);
                for (var next : known == null ? List.<TaskId>of() : known.openBlockers) {
                    if (seen.add(next)) {
                        cameFrom.put(next, task);
                        queue.add(next);
                    }
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private static List<TaskId> way(TaskId to, Map<TaskId, @Nullable TaskId> cameFrom) {
        var way = new LinkedList<TaskId>();
        for (@Nullable TaskId task = to; task != null; task = cameFrom.get(task)) {
            way.addFirst(task);
        }
        return List.copyOf(way);
    }
}
