package dev.muster.cli.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.zaxxer.hikari.HikariDataSource;
import dev.muster.agent.AgentCommand.RegisterAgent;
import dev.muster.agent.AgentId;
import dev.muster.message.MetaKeys;
import dev.muster.task.Assignment;
import dev.muster.task.TaskCommand.ClaimNextTask;
import dev.muster.task.TaskCommand.CompleteTask;
import dev.muster.task.TaskCommand.SubmitTask;
import dev.muster.task.TaskId;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.config.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the benchmark measures Muster beside does the same, and no less durably. */
class BaselineTest {

    private static final AgentId ADA = AgentId.of("ada");

    @TempDir
    private Path folder;

    @Test
    @Timeout(60)
    void a_task_is_submitted_claimed_and_completed_and_the_view_comes_to_say_so() {
        var source = (HikariDataSource) BaselineDatabase.H2.start(folder);
        try (source) {
            BaselineView.create(source);
            var axon = new BaselineAxon(source, BaselineDatabase.H2).start();
            try {
                send(axon, new RegisterAgent(ADA, null, null, null));
                send(axon, submit());
                Assignment claimed = send(axon, new ClaimNextTask(ADA, null, Set.of("run"), null));
                send(axon, new CompleteTask(claimed.taskId(), ADA, claimed.fencingToken(), null, null));
                while (!BaselineView.count(source, "run").equals(Map.of("completed", 1L))) {
                    LockSupport.parkNanos(1_000_000);
                }
            } finally {
                axon.shutdown();
            }
            assertThat(new JdbcTemplate(source)
                            .queryForList(
                                    "select payloadType from DomainEventEntry where aggregateIdentifier = 'task/t'"
                                            + " order by sequenceNumber",
                                    String.class))
                    .containsExactly("TaskSubmitted", "TaskAssigned", "TaskStarted", "TaskCompleted");
        }
    }

    @Test
    void a_database_that_acknowledges_before_it_syncs_is_no_baseline() {
        try (var source = (HikariDataSource) BaselineDatabase.H2.start(folder)) {
            assertThat(BaselineDatabase.H2.mustSync(source)).isEqualTo("WRITE_DELAY=0");
            new JdbcTemplate(source).execute("set write_delay 500");
            assertThatIllegalStateException()
                    .isThrownBy(() -> BaselineDatabase.H2.mustSync(source))
                    .withMessageContaining("500");
        }
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private static <R> R send(Configuration axon, Object command) {
        CommandMessage<?> message = new GenericCommandMessage<>(command, Map.of(MetaKeys.ACTOR, ADA.value()));
        return axon.commandGateway().sendAndWait(message);
    }

    private static SubmitTask submit() {
        return new SubmitTask(
                TaskId.of("t"), "Title", null, null, null, Set.of("run"), null, null, null, null, null, null, null);
    }
}
