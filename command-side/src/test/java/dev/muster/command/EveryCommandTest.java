package dev.muster.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.access.IssuedToken;
import dev.muster.access.TokenId;
import dev.muster.access.TokenRole;
import dev.muster.agent.AgentCommand.RegisterAgent;
import dev.muster.agent.AgentId;
import dev.muster.message.MetaKeys;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.task.Assignment;
import dev.muster.task.MutableClock;
import dev.muster.task.TaskCommand.*;
import dev.muster.task.TaskDomain;
import dev.muster.task.TaskId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandResultMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for every command: keys, versions, metadata, roles, and one instant. */
class EveryCommandTest {

    private static final TaskId TASK = TaskId.of("t");
    private static final AgentId ADA = AgentId.of("ada");

    private final TaskDomain domain = new TaskDomain();

    @BeforeEach
    void prepare() {
        domain.done(new RegisterAgent(ADA, null, null, null));
    }

    @AfterEach
    void close() {
        domain.close();
    }

    private static SubmitTask submit(String id, String title) {
        return new SubmitTask(TaskId.of(id), title, null, null, null, null, null, null, null, null, null, null, null);
    }

    private static Problem refused(CommandResultMessage<?> result) {
        assertThat(result.isExceptional()).isTrue();
        return ((Refusal) result.exceptionResult()).problem();
    }

    private CommandResultMessage<?> keyed(Object command, String actor, String key) {
        return domain.send(command, actor, MetaKeys.IDEMPOTENCY_KEY, key);
    }

    // ---- keys

    @Test
    void the_same_key_gives_the_earlier_answer_and_no_event() {
        domain.done(submit("t", "x"));
        var first = keyed(new ClaimTask(TASK, ADA), "ada", "k");
        domain.done(new CommentOnTask(TASK, "later"));
        var again = keyed(new ClaimTask(TASK, ADA), "ada", "k");
        assertThat(again.getPayload()).isEqualTo(first.getPayload()).isInstanceOf(Assignment.class);
        assertThat(again.getMetaData().get(MetaKeys.VERSION)).isEqualTo(2L);
        assertThat(domain.types("task/t"))
                .containsExactly("TaskSubmitted", "TaskAssigned", "TaskStarted", "TaskCommented");
    }

    @Test
    void a_creation_can_be_repeated_too() {
        keyed(submit("t", "x"), "ada", "k");
        assertThat(keyed(submit("t", "x"), "ada", "k").isExceptional()).isFalse();
        assertThat(domain.types("task/t")).containsExactly("TaskSubmitted");
    }

    @Test
    void the_same_key_with_another_command_is_refused() {
        keyed(submit("t", "x"), "ada", "k");
        assertThat(refused(keyed(submit("t", "y"), "ada", "k")).code()).isEqualTo("idempotency-key-reused");
        assertThat(refused(keyed(new CommentOnTask(TASK, "x"), "ada", "k")).status())
                .isEqualTo(422);
    }

    @Test
    void the_same_key_of_another_actor_is_another_key() {
        domain.done(submit("t", "x"));
        keyed(new CommentOnTask(TASK, "x"), "ada", "k");
        keyed(new CommentOnTask(TASK, "x"), "ben", "k");
        assertThat(domain.types("task/t")).containsExactly("TaskSubmitted", "TaskCommented", "TaskCommented");
    }

    @Test
    void a_command_that_was_refused_is_judged_again() {
        domain.done(submit("t", "x"));
        domain.done(new CancelTask(TASK, null));
        assertThat(refused(keyed(new ClaimTask(TASK, ADA), "ada", "k")).code()).isEqualTo("task-wrong-state");
        domain.done(new ReopenTask(TASK, "again", null));
        assertThat(keyed(new ClaimTask(TASK, ADA), "ada", "k").isExceptional()).isFalse();
    }

    @Test
    void a_key_is_remembered_for_so_many_events_of_its_entity() {
        domain.done(submit("t", "x"));
        keyed(new CommentOnTask(TASK, "x"), "ada", "k");
        for (int i = 0; i < 99; i++) {
            domain.done(new CommentOnTask(TASK, "more"));
        }
        keyed(new CommentOnTask(TASK, "x"), "ada", "k");
        assertThat(domain.events("task/t")).hasSize(101);
        domain.done(new CommentOnTask(TASK, "one too many"));
        keyed(new CommentOnTask(TASK, "x"), "ada", "k");
        assertThat(domain.events("task/t")).hasSize(103);
    }

    @Test
    void the_answer_stands_beside_the_key_on_the_last_event_of_the_target() {
        domain.done(new RegisterAgent(AgentId.of("ben"), null, null, 1));
        domain.done(submit("t", "x"));
        keyed(new ClaimTask(TASK, AgentId.of("ben")), "ben", "k");
        var events = domain.events("task/t");
        assertThat(events.get(1).getMetaData()).doesNotContainKey(MetaKeys.IDEMPOTENCY_KEY);
        assertThat(events.get(2).getMetaData())
                .containsEntry(MetaKeys.IDEMPOTENCY_KEY, "k")
                .containsKeys(MetaKeys.IDEMPOTENCY_HASH, MetaKeys.IDEMPOTENCY_ANSWER);
        assertThat(domain.events("agent/ben").get(2).getMetaData()).doesNotContainKey(MetaKeys.IDEMPOTENCY_KEY);
    }

    @Test
    void a_long_answer_is_not_kept() {
        assertThat(AnswerJson.write("x".repeat(AnswerJson.MAX_ANSWER))).isNull();
        assertThat(AnswerJson.write("x".repeat(AnswerJson.MAX_ANSWER - 2))).hasSize(AnswerJson.MAX_ANSWER);
        assertThat(AnswerJson.write(null)).isNull();
        assertThat(AnswerJson.read(null, String.class)).isNull();
    }

    @Test
    void what_is_answered_once_is_not_kept() {
        var kept = AnswerJson.write(
                new IssuedToken(TokenId.of("t"), TokenRole.AGENT, ADA, null, "muster_this-is-a-secret"));
        assertThat(kept).contains("\"t\"").doesNotContain("secret");
        assertThat(AnswerJson.read(kept, IssuedToken.class))
                .isEqualTo(new IssuedToken(TokenId.of("t"), TokenRole.AGENT, ADA, null, null));
    }

    // ---- versions

    @Test
    void a_command_that_was_based_on_the_present_version_is_done_and_tells_the_next() {
        domain.done(submit("t", "x"));
        var answer = domain.send(new CommentOnTask(TASK, "x"), "ada", MetaKeys.EXPECTED_VERSION, 0L);
        assertThat(answer.getMetaData()).containsEntry(MetaKeys.VERSION, 1L).containsEntry(MetaKeys.SEEN, "task/t@1");
    }

    @Test
    void one_that_was_based_on_an_older_version_is_told_what_it_has_not_seen() {
        domain.done(submit("t", "x"));
        domain.done(new CommentOnTask(TASK, "x"));
        var problem = refused(domain.send(new CommentOnTask(TASK, "y"), "ada", MetaKeys.EXPECTED_VERSION, 0L));
        assertThat(problem.status()).isEqualTo(412);
        assertThat(problem.extras()).containsEntry("currentVersion", 1L);
        assertThat((List<?>) problem.extras().get("unseenEvents"))
                .singleElement()
                .satisfies(event -> assertThat(((Map<?, ?>) event).get("type")).isEqualTo("TaskCommented"));
    }

    @Test
    void a_version_that_is_yet_to_come_is_refused_also_at_a_creation() {
        domain.done(submit("t", "x"));
        assertThat(refused(domain.send(new CommentOnTask(TASK, "y"), "ada", MetaKeys.EXPECTED_VERSION, 5L))
                        .code())
                .isEqualTo("stale-version");
        assertThat(refused(domain.send(submit("u", "x"), "ada", MetaKeys.EXPECTED_VERSION, 0L))
                        .code())
                .isEqualTo("stale-version");
        assertThat(domain.events("task/t")).hasSize(1);
    }

    // ---- metadata

    @Test
    void an_event_says_who_by_which_command_and_why() {
        var result = domain.send(
                submit("t", "x"),
                "ada",
                MetaKeys.CAUSATION_ID,
                "request:1",
                MetaKeys.CORRELATION_ID,
                "project",
                MetaKeys.REASON,
                "because",
                MetaKeys.AUTH_ID,
                "token-1",
                MetaKeys.TRACE_PARENT,
                "00-1-2-01");
        assertThat(result.isExceptional()).isFalse();
        assertThat(domain.events("task/t").get(0).getMetaData())
                .containsEntry(MetaKeys.ACTOR, "ada")
                .containsEntry(MetaKeys.COMMAND_NAME, "SubmitTask")
                .containsEntry(MetaKeys.CAUSATION_ID, "request:1")
                .containsEntry(MetaKeys.CORRELATION_ID, "project")
                .containsEntry(MetaKeys.REASON, "because")
                .containsEntry(MetaKeys.AUTH_ID, "token-1")
                .containsEntry(MetaKeys.TRACE_PARENT, "00-1-2-01")
                .containsEntry(MetaKeys.RECORDED_AT, "2026-03-01T10:00:00Z")
                .containsKey(MetaKeys.COMMAND_ID)
                .doesNotContainKeys(MetaKeys.IMPORTED, MetaKeys.INFERRED, "traceId");
    }

    @Test
    void all_events_of_a_command_bear_the_instant_that_its_clock_told() {
        domain.done(submit("t", "x"));
        var assignment = (Assignment) domain.done(new ClaimTask(TASK, ADA));
        assertThat(domain.events("task/t").stream().map(event -> event.getTimestamp()))
                .containsOnly(TaskDomain.NOW);
        assertThat(assignment.leaseExpiresAt()).isEqualTo(TaskDomain.NOW.plus(Duration.ofMinutes(3)));
    }

    @Test
    void an_import_says_when_it_happened_and_a_client_cannot() {
        var at = "2020-01-01T00:00:00Z";
        domain.send(submit("t", "x"), "ada", MetaKeys.AT, at, MetaKeys.TRUSTED, true, MetaKeys.IMPORTED, true);
        domain.send(submit("u", "x"), "ada", MetaKeys.AT, at);
        var imported = domain.events("task/t").get(0);
        assertThat(imported.getTimestamp()).isEqualTo(Instant.parse(at));
        assertThat(imported.getMetaData())
                .containsEntry(MetaKeys.IMPORTED, true)
                .containsEntry(MetaKeys.RECORDED_AT, "2026-03-01T10:00:00Z");
        assertThat(domain.events("task/u").get(0).getTimestamp()).isEqualTo(TaskDomain.NOW);
    }

    // ---- who may send what

    @Test
    void an_agent_acts_only_as_itself() {
        domain.done(submit("t", "x"));
        assertThat(refused(domain.send(new ClaimTask(TASK, ADA), "ben")).code()).isEqualTo("agent-not-itself");
        assertThat(domain.send(new ClaimTask(TASK, ADA), "operator:kim").isExceptional())
                .isFalse();
    }

    @Test
    void a_command_of_operators_is_refused_to_agents() {
        domain.done(submit("t", "x"));
        assertThat(refused(domain.send(new AssignTask(TASK, ADA), "ada")).status())
                .isEqualTo(403);
    }

    @Test
    void an_auditor_sends_no_command() {
        domain.done(submit("t", "x"));
        assertThat(refused(domain.send(new CommentOnTask(TASK, "x"), "auditor:eve"))
                        .code())
                .isEqualTo("auditor-reads-only");
        assertThat(domain.events("task/t")).hasSize(1);
    }

    @Test
    void as_the_system_acts_only_what_is_sent_inside() {
        domain.done(submit("t", "x"));
        assertThat(refused(domain.send(new ExpireTask(TASK), "system:me")).code())
                .isEqualTo("actor-reserved");
        assertThat(refused(domain.send(new ExpireTask(TASK), "operator:kim")).code())
                .isEqualTo("role-missing");
        assertThat(refused(domain.send(new ExpireTask(TASK), "system:me", MetaKeys.TRUSTED, true))
                        .code())
                .isEqualTo("task-deadline-not-over");
    }

    // ---- clocks

    @Test
    void the_clock_never_goes_back() {
        var wall = new MutableClock(TaskDomain.NOW);
        var clock = new MonotonicClock(wall, TaskDomain.NOW.plusSeconds(5));
        assertThat(clock.instant()).isEqualTo(TaskDomain.NOW.plusSeconds(5));
        wall.advance(Duration.ofSeconds(10));
        assertThat(clock.instant()).isEqualTo(TaskDomain.NOW.plusSeconds(10));
        wall.advance(Duration.ofSeconds(-8));
        assertThat(clock.instant()).isEqualTo(TaskDomain.NOW.plusSeconds(10));
        assertThat(new CommandClock(Clock.fixed(Instant.parse("2026-01-01T00:00:00.123456Z"), ZoneOffset.UTC))
                        .instant())
                .isEqualTo(Instant.parse("2026-01-01T00:00:00.123Z"));
    }
}
