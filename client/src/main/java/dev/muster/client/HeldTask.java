package dev.muster.client;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A task that an agent holds: by a lease, which is kept alive in the background, and with a fencing token, which goes with
 * all that is said of it. A lost one can't be written to any more: another agent may have it. Closed without having been
 * completed or failed, it is left to the end of its lease.
 */
public final class HeldTask implements AutoCloseable {

    private static final Set<String> LOST = Set.of("task-lease-lost", "task-not-found");
    private static final Set<String> ENDED = Set.of("completed", "failed", "canceled", "rejected");

    private final MusterClient muster;
    private final Answer claimed;
    private final String id;
    private final String agent;
    private final long token;
    private final Heartbeat heartbeat;
    private volatile boolean lost;
    private volatile boolean over;
    private @Nullable Thread worker;
    private boolean interrupted;

    private HeldTask(MusterClient muster, Answer claimed) {
        this.muster = muster;
        this.claimed = claimed;
        this.id = claimed.result().path("taskId").asString();
        this.agent = claimed.result().path("agentId").asString();
        this.token = claimed.result().path("fencingToken").asLong();
        this.heartbeat = new Heartbeat(id, this::beat);
    }

    static HeldTask of(MusterClient muster, Answer claimed) {
        var task = new HeldTask(muster, claimed);
        task.heartbeat.start(task.term(claimed.result(), claimed.at()));
        return task;
    }

    public String id() {
        return id;
    }

    public long fencingToken() {
        return token;
    }

    /** Which attempt at the task this is, from 1. */
    public int attempt() {
        return claimed.result().path("attempt").asInt();
    }

    /** Title, instruction, input and all the rest, as it was claimed or later. */
    public JsonNode details() {
        var parameters = new LinkedHashMap<String, @Nullable Object>();
        parameters.put("taskId", id);
        parameters.put("after", claimed.seen());
        return muster.query("get-task", parameters);
    }

    /**
     * Says how far the work is.
     *
     * @param percent 0 to 100
     * @throws RefusedException {@code task-lease-lost} if it is held no more
     */
    public void report(int percent, String note, @Nullable Usage usage) {
        say("report-progress", fields("percent", percent, "note", note, "usage", usage), false);
    }

    /** Ends it well. */
    public void complete(@Nullable Object result) {
        complete(result, null);
    }

    /** Ends it well, and says what it used in all. */
    public void complete(@Nullable Object result, @Nullable Usage usage) {
        say("complete-task", fields("result", result, "usage", usage), true);
    }

    /** Ends this attempt badly; it is tried again if attempts are left and another one could do better. */
    public void fail(String error, boolean retryable) {
        say("fail-task", fields("error", error, "retryable", retryable), true);
    }

    /** Whether another attempt, or agent, has it, or it has ended without this one. */
    public boolean isLost() {
        return lost;
    }

    /** Whether nothing is left to be said of it: it was completed, failed or lost. */
    public boolean isOver() {
        return over || lost;
    }

    void interruptWhenLost(Thread thread) {
        synchronized (this) {
            worker = thread;
        }
    }

    private JsonNode say(String command, Map<String, @Nullable Object> fields, boolean last) {
        try {
            var answer = muster.command(command, fields);
            over |= last;
            if (over) {
                heartbeat.stop();
            }
            return answer.result();
        } catch (RefusedException e) {
            if (isLoss(e)) {
                lose();
            }
            throw e;
        }
    }

    /** @return how long the lease runs from now; none if it need not be extended any more */
    private Optional<Duration> beat() {
        try {
            var answer = muster.command("extend-lease", fields());
            return Optional.of(term(answer.result(), answer.at()));
        } catch (RefusedException e) {
            if (isLoss(e) && !over) {
                lose();
            }
            return isOver() ? Optional.empty() : Optional.of(Heartbeat.SOON);
        } catch (UnreachableException e) {
            return Optional.of(Heartbeat.SOON);
        }
    }

    private static boolean isLoss(RefusedException refusal) {
        return LOST.contains(refusal.code())
                || refusal.code().equals("task-wrong-state")
                        && ENDED.contains(refusal.problem().path("state").asString(""));
    }

    private synchronized void lose() {
        lost = true;
        heartbeat.stop();
        if (worker != null && !interrupted) {
            interrupted = true;
            worker.interrupt();
        }
    }

    private Duration term(JsonNode result, Instant now) {
        var ends = result.path("leaseExpiresAt").asString("");
        return ends.isEmpty() ? Heartbeat.LONG : Duration.between(now, Instant.parse(ends));
    }

    private Map<String, @Nullable Object> fields(@Nullable Object... more) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("taskId", id);
        fields.put("agentId", agent);
        fields.put("fencingToken", token);
        for (int i = 0; i < more.length; i += 2) {
            if (more[i + 1] != null) {
                fields.put(String.valueOf(more[i]), more[i + 1]);
            }
        }
        return fields;
    }

    /** Says no more that the agent is alive. Of an interruption by the loss nothing is left to what the thread does next. */
    @Override
    public void close() {
        synchronized (this) {
            if (interrupted && worker == Thread.currentThread()) {
                Thread.interrupted();
            }
            worker = null;
        }
        heartbeat.stop();
    }
}
