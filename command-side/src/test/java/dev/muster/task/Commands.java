package dev.muster.task;

import static dev.muster.task.TaskFixture.AGENT;
import static dev.muster.task.TaskFixture.OTHER_TASK;
import static dev.muster.task.TaskFixture.TASK;

import dev.muster.task.TaskCommand.*;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/** Commands to a task, as its holder a-1 with token 1 or whoever else may send them. */
final class Commands {

    private Commands() {}

    static ClaimTask claim() {
        return new ClaimTask(TASK, AGENT);
    }

    static AssignTask assign() {
        return new AssignTask(TASK, AGENT);
    }

    static StartTask start() {
        return new StartTask(TASK, AGENT, 1);
    }

    static DeclineTask decline() {
        return new DeclineTask(TASK, AGENT, 1, "Too high");
    }

    static RejectTask reject() {
        return new RejectTask(TASK, "Nobody needs it");
    }

    static ExtendLease extend() {
        return new ExtendLease(TASK, AGENT, 1);
    }

    static ReportProgress report() {
        return report(null);
    }

    static ReportProgress report(@Nullable Usage usage) {
        return new ReportProgress(TASK, AGENT, 1, BigDecimal.valueOf(40), "Half of the tiles", null, usage);
    }

    static SuspendTask suspend() {
        return new SuspendTask(TASK, AGENT, 1, "Rain");
    }

    static ResumeTask resume() {
        return new ResumeTask(TASK, AGENT, 1);
    }

    static RequestInput requestInput() {
        return new RequestInput(TASK, AGENT, 1, "Which colour?");
    }

    static ProvideInput provideInput() {
        return new ProvideInput(TASK, StringNode.valueOf("red"));
    }

    static CompleteTask complete() {
        return complete(null);
    }

    static CompleteTask complete(@Nullable Usage usage) {
        return new CompleteTask(TASK, AGENT, 1, StringNode.valueOf("done"), usage);
    }

    static FailTask fail() {
        return fail(null, null);
    }

    static FailTask fail(@Nullable Boolean retryable, @Nullable Usage usage) {
        return new FailTask(TASK, AGENT, 1, "It rained", retryable, usage);
    }

    static EndBackoff endBackoff() {
        return new EndBackoff(TASK);
    }

    static ReleaseTask release() {
        return new ReleaseTask(TASK, AGENT, 1L, "Somebody else knows better");
    }

    static ExpireLease expireLease() {
        return new ExpireLease(TASK, 1);
    }

    static ExpireTask expireTask() {
        return new ExpireTask(TASK);
    }

    static CancelTask cancel() {
        return new CancelTask(TASK, "The house is sold");
    }

    static ReopenTask reopen() {
        return new ReopenTask(TASK, "It leaks again", null);
    }

    static AddBlocker addBlocker() {
        return new AddBlocker(TASK, OTHER_TASK, null);
    }

    static RemoveBlocker removeBlocker() {
        return new RemoveBlocker(TASK, OTHER_TASK, "It is not in the way");
    }

    static ClearBlocker clearBlocker(TaskState outcome) {
        return new ClearBlocker(TASK, OTHER_TASK, outcome);
    }

    static ReviseTask revise(String title) {
        return new ReviseTask(TASK, title, null, null, null, null, null, null, null, null);
    }

    static LabelTask label(Set<String> add, Set<String> remove) {
        return new LabelTask(TASK, add, remove);
    }

    static CommentOnTask comment() {
        return new CommentOnTask(TASK, "Take the long ladder");
    }
}
