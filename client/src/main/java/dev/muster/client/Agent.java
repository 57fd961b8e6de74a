package dev.muster.client;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An agent that takes tasks from the board and works on them. Thread-safe; each task is for the thread that claimed it. */
public final class Agent {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private final MusterClient muster;
    private final String id;

    Agent(MusterClient muster, String id) {
        this.muster = muster;
        this.id = id;
    }

    public String id() {
        return id;
    }

    /**
     * Makes the agent known, or one that is known already as it is to be now.
     *
     * @param capabilities what it can do, as tasks ask for it
     * @param most how many tasks it may hold at a time
     */
    public void register(Collection<String> capabilities, int most) {
        try {
            muster.command(
                    "register-agent", Map.of("agentId", id, "capabilities", capabilities, "maxConcurrentTasks", most));
        } catch (RefusedException e) {
            if (!e.code().equals("agent-exists")) {
                throw e;
            }
            muster.command("change-capabilities", Map.of("agentId", id, "capabilities", capabilities));
            muster.command("change-limit", Map.of("agentId", id, "maxConcurrentTasks", most));
        }
    }

    /**
     * Takes the most urgent task that is ready and that this agent can do, and says in the background that it is alive, until
     * the task is closed.
     *
     * @param wait how long to wait for one
     */
    public Optional<HeldTask> claimNext(Duration wait) {
        return claimNext(wait, Map.of());
    }

    /** The same among the tasks that fit: {@code missionId}, {@code labels}, {@code parentId}. */
    public Optional<HeldTask> claimNext(Duration wait, Map<String, ?> among) {
        var until = System.nanoTime() + wait.toNanos();
        while (true) {
            var left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
            var atMost = left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT;
            var fields = new HashMap<String, @Nullable Object>(among);
            fields.put("agentId", id);
            var answer = muster.command("claim-next-task?wait=PT" + atMost.toMillis() / 1000.0 + "S", fields);
            if (answer.result().isObject()) {
                return Optional.of(HeldTask.of(muster, answer));
            }
            if (System.nanoTime() >= until) {
                return Optional.empty();
            }
        }
    }

    /** Takes that task. */
    public HeldTask claim(String taskId) {
        return HeldTask.of(muster, muster.command("claim-task", Map.of("taskId", taskId, "agentId", id)));
    }

    /** What is done with a task. */
    @FunctionalInterface
    public interface Work {

        /**
         * Does it. What it throws fails the attempt, with its message as the error.
         *
         * @return the result, as JSON's own types, a record or a bean; null for none
         */
        @Nullable
        Object on(HeldTask task) throws Exception;
    }

    /**
     * Claims one task, does it, and completes it with what came of it, or fails it. If the lease is lost meanwhile, the
     * working thread is interrupted, and what it says afterwards is not heard.
     *
     * @return whether there was one
     */
    public boolean workOnNext(Duration wait, Work work) throws InterruptedException {
        var claimed = claimNext(wait);
        if (claimed.isEmpty()) {
            return false;
        }
        try (var task = claimed.get()) {
            task.interruptWhenLost(Thread.currentThread());
            try {
                var result = work.on(task);
                if (!task.isOver()) {
                    task.complete(result);
                }
            } catch (InterruptedException e) {
                if (!task.isLost()) {
                    throw e;
                }
            } catch (Exception e) {
                if (!task.isOver()) {
                    task.fail(e.toString(), true);
                }
            }
        }
        return true;
    }
}
