package dev.muster.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.AgentCommand.RegisterAgent;
import dev.muster.agent.AgentId;
import dev.muster.task.TaskCommand.*;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of a task that has ended the index keeps that there is one; when it is reopened, it is what it was. */
class TaskIndexEndedTest {

    private static final AgentId ADA = AgentId.of("ada");
    private static final TaskId TASK = TaskId.of("task");
    private static final TaskId OTHER = TaskId.of("other");
    private static final ClaimNextTask URGENT = new ClaimNextTask(ADA, null, Set.of("urgent"), null);

    private final TaskDomain domain = new TaskDomain();

    @BeforeEach
    void agent() {
        domain.done(new RegisterAgent(ADA, null, null, null));
    }

    @AfterEach
    void close() {
        domain.close();
    }

    @Test
    void it_keeps_nothing_but_that_there_is_one() {
        submit(TASK);
        complete(1);
        assertThat(domain.index.exists(TASK)).isTrue();
        assertThat(domain.index.checkpoint().read().tasks()).isEmpty();
        assertThat(domain.index.checkpoint().read().sequences()).containsOnlyKeys("agent/ada");
    }

    @Test
    void it_is_offered_again_with_its_labels_when_it_is_reopened() throws Exception {
        submit(TASK);
        complete(1);
        domain.done(new LabelTask(TASK, Set.of("urgent"), null));
        assertThat(domain.index.lend(URGENT, Set.of(), 0)).isEmpty();

        domain.done(new ReopenTask(TASK, "there is more to do", null));

        assertThat(domain.index.lend(URGENT, Set.of(), 0)).contains(TASK);
        domain.index.giveBack(TASK);
        complete(2);
        assertThat(domain.index.checkpoint().read().tasks()).isEmpty();
    }

    @Test
    void what_waited_when_it_ended_still_leads_others_round() {
        submit(TASK);
        submit(OTHER, new Blocker(TASK, null));
        domain.done(new CancelTask(OTHER, null));
        assertThat(domain.index.wayOfBlockers(OTHER, TASK)).contains(List.of(OTHER, TASK));
        assertThat(domain.send(new AddBlocker(TASK, OTHER, null), "anonymous").isExceptional())
                .isTrue();
    }

    @Test
    void in_whatever_order_and_however_often_it_is_told_it_comes_to_know_the_same() {
        submit(TASK);
        complete(1);
        domain.done(new ReopenTask(TASK, "there is more to do", null));
        complete(2);
        domain.done(new CommentOnTask(TASK, "well done"));
        submit(OTHER);
        domain.done(new CancelTask(OTHER, null));
        domain.done(new LabelTask(OTHER, Set.of("urgent"), null));
        domain.done(new ReopenTask(OTHER, "it is wanted after all", null));
        var log = new ArrayList<DomainEventMessage<?>>(domain.events(TASK.stored()));
        log.addAll(domain.events(OTHER.stored()));
        log.addAll(domain.events(ADA.stored()));
        for (int seed = 0; seed < 200; seed++) {
            var told = new ArrayList<>(log);
            Collections.shuffle(told, new Random(seed));
            var index = domain.index();
            index.accept(told);
            index.accept(log);
            index.caughtUp();
            assertThat(index.checkpoint().read())
                    .as("seed %d", seed)
                    .usingRecursiveComparison()
                    .isEqualTo(domain.index.checkpoint().read());
            assertThat(index.exists(TASK)).isTrue();
        }
    }

    private void submit(TaskId task, Blocker... blockers) {
        domain.done(new SubmitTask(
                task, "Title", null, null, null, null, null, List.of(blockers), null, null, null, null, null));
    }

    private void complete(int token) {
        domain.done(new ClaimTask(TASK, ADA));
        domain.done(new CompleteTask(TASK, ADA, token, null, null));
    }
}
