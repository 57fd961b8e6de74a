package dev.muster.importer.xes;

import static dev.muster.importer.xes.XesFile.event;
import static dev.muster.importer.xes.XesFile.log;
import static dev.muster.importer.xes.XesFile.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.AgentCommand.RegisterAgent;
import dev.muster.importer.ImportReport;
import dev.muster.importer.RecordedSink;
import dev.muster.mission.MissionCommand;
import dev.muster.mission.MissionCommand.RecordStepCompleted;
import dev.muster.mission.MissionCommand.RecordStepFailed;
import dev.muster.task.TaskCommand.CancelTask;
import dev.muster.task.TaskCommand.ClaimTask;
import dev.muster.task.TaskCommand.CompleteTask;
import dev.muster.task.TaskCommand.FailTask;
import dev.muster.task.TaskCommand.SubmitTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which commands each transition stands for. Those that the log presupposes are in brackets. */
class XesTransitionsTest {

    @TempDir
    Path folder;

    private final RecordedSink sink = new RecordedSink();

    private ImportReport imported(String... events) throws IOException {
        try (var log = XesFile.read(XesFile.write(folder, "log.xes", log(trace("c", events))))) {
            return log.replay(sink, done -> {});
        }
    }

    /** Of the tasks alone, without their missions and agents. */
    private List<String> ofTasks(String... events) throws IOException {
        imported(events);
        var names = sink.names();
        return IntStream.range(0, names.size())
                .filter(i -> !(sink.sent.get(i).command() instanceof MissionCommand)
                        && !(sink.sent.get(i).command() instanceof RegisterAgent))
                .mapToObj(names::get)
                .toList();
    }

    private <T> List<T> sent(Class<T> type) {
        return sink.sent.stream()
                .map(RecordedSink.Sent::command)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    @Test
    void a_case_is_planned_and_started_at_its_first_event() throws IOException {
        imported(event(0, "A", "complete", "ada"));
        assertThat(sink.names())
                .containsExactly(
                        "(RegisterAgent)",
                        "(PlanMission)",
                        "(StartMission)",
                        "(SubmitTask)",
                        "(ClaimTask)",
                        "CompleteTask",
                        "RecordStepCompleted");
    }

    @Test
    void no_lifecycle_means_that_it_was_completed() throws IOException {
        assertThat(ofTasks(event(0, "A", "", "ada"))).containsExactly("(SubmitTask)", "(ClaimTask)", "CompleteTask");
    }

    @Test
    void what_nobody_is_named_for_was_done_by_unknown() throws IOException {
        imported(event(0, "A", "complete", ""));
        assertThat(sent(ClaimTask.class).get(0).agentId().value()).isEqualTo("unknown");
        assertThat(sink.sent.get(0).circumstances().actor()).isEqualTo("system:import");
    }

    @Test
    void what_nobody_is_named_for_was_done_by_who_holds_the_task() throws IOException {
        assertThat(ofTasks(event(0, "A", "start", "ada"), event(1, "A", "complete", "")))
                .containsExactly("(SubmitTask)", "ClaimTask", "CompleteTask");
        assertThat(sent(CompleteTask.class).get(0).agentId().value()).isEqualTo("ada");
    }

    @Test
    void schedule_puts_it_on_the_board_for_who_scheduled_it() throws IOException {
        assertThat(ofTasks(event(0, "A", "SCHEDULE", "ada"), event(1, "A", "START", "ben")))
                .containsExactly("SubmitTask", "ClaimTask");
        var submitted = sink.sent.stream()
                .filter(each -> each.command() instanceof SubmitTask)
                .findFirst()
                .orElseThrow();
        assertThat(submitted.circumstances().actor()).isEqualTo("system:import");
        assertThat(submitted.circumstances().onBehalfOf()).isEqualTo("ada");
    }

    @Test
    void assign_gives_it_to_an_agent_and_start_begins_with_it() throws IOException {
        assertThat(ofTasks(event(0, "A", "assign", "ada"), event(1, "A", "start", "ada")))
                .containsExactly("(SubmitTask)", "AssignTask", "StartTask");
    }

    @Test
    void assign_to_who_has_it_is_kept_as_a_comment() throws IOException {
        assertThat(ofTasks(event(0, "A", "assign", "ada"), event(1, "A", "assign", "ada")))
                .containsExactly("(SubmitTask)", "AssignTask", "CommentOnTask");
    }

    @Test
    void reassign_takes_it_from_who_has_it() throws IOException {
        assertThat(ofTasks(event(0, "A", "start", "ada"), event(1, "A", "reassign", "ben")))
                .containsExactly("(SubmitTask)", "ClaimTask", "(ReleaseTask)", "AssignTask");
    }

    @Test
    void start_by_another_than_who_was_assigned_presupposes_a_hand_over() throws IOException {
        assertThat(ofTasks(event(0, "A", "assign", "ada"), event(1, "A", "start", "ben")))
                .containsExactly("(SubmitTask)", "AssignTask", "(ReleaseTask)", "ClaimTask");
    }

    @Test
    void suspend_and_resume_rest_the_work() throws IOException {
        assertThat(ofTasks(
                        event(0, "A", "start", "ada"),
                        event(1, "A", "suspend", "ada"),
                        event(2, "A", "suspend", "ada"),
                        event(3, "A", "resume", "ada"),
                        event(4, "A", "resume", "ada")))
                .containsExactly(
                        "(SubmitTask)", "ClaimTask", "SuspendTask", "CommentOnTask", "ResumeTask", "CommentOnTask");
    }

    @Test
    void what_was_not_begun_is_presupposed_to_be_worked_on() throws IOException {
        assertThat(ofTasks(event(0, "A", "suspend", "ada"), event(1, "A", "complete", "ada")))
                .containsExactly("(SubmitTask)", "(ClaimTask)", "SuspendTask", "(ResumeTask)", "CompleteTask");
    }

    @Test
    void complete_by_another_than_its_holder_presupposes_a_hand_over() throws IOException {
        assertThat(ofTasks(event(0, "A", "start", "ada"), event(1, "A", "complete", "ben")))
                .containsExactly("(SubmitTask)", "ClaimTask", "(ReleaseTask)", "(ClaimTask)", "CompleteTask");
    }

    @Test
    void a_skip_completes_it_with_a_result_that_says_so() throws IOException {
        assertThat(ofTasks(event(0, "A", "autoskip", "ada"), event(1, "B", "MANUALSKIP", "ada")))
                .containsExactly(
                        "(SubmitTask)", "(ClaimTask)", "CompleteTask", "(SubmitTask)", "(ClaimTask)", "CompleteTask");
        assertThat(sent(CompleteTask.class))
                .extracting(each -> each.result().toString())
                .containsExactly("{\"outcome\":\"autoskip\"}", "{\"outcome\":\"manualskip\"}");
        assertThat(sent(SubmitTask.class).get(1).input())
                .hasToString("{\"results\":{\"A\":{\"outcome\":\"autoskip\"}}}");
    }

    @Test
    void an_abort_fails_the_task_and_the_case_goes_on_without_it() throws IOException {
        assertThat(ofTasks(
                        event(0, "A", "start", "ada"),
                        event(1, "A", "ate_abort", "ada"),
                        event(2, "B", "complete", "ada")))
                .containsExactly(
                        "(SubmitTask)", "ClaimTask", "FailTask", "(SubmitTask)", "(ClaimTask)", "CompleteTask");
        assertThat(sent(FailTask.class).get(0).retryable()).isFalse();
        assertThat(sent(RecordStepFailed.class)).isEmpty();
        assertThat(sent(RecordStepCompleted.class).get(0).result()).hasToString("{\"outcome\":\"ate_abort\"}");
    }

    @Test
    void an_abort_after_which_nothing_comes_fails_the_mission() throws IOException {
        assertThat(ofTasks(
                        event(0, "A", "start", "ada"),
                        event(0, "B", "start", "ben"),
                        event(0, "C", "start", "cyn"),
                        event(1, "A", "pi_abort", "ada"),
                        event(2, "B", "pi_abort", "ben")))
                .endsWith("FailTask", "FailTask", "(CancelTask)");
        assertThat(sent(RecordStepFailed.class))
                .extracting(RecordStepFailed::stepId)
                .containsExactly("A", "B", "C");
    }

    @Test
    void withdraw_cancels_the_task() throws IOException {
        assertThat(ofTasks(
                        event(0, "A", "schedule", "ada"),
                        event(1, "A", "withdraw", "ben"),
                        event(2, "A", "complete", "ada")))
                .containsExactly("SubmitTask", "CancelTask", "(SubmitTask)", "(ClaimTask)", "CompleteTask");
        assertThat(sent(CancelTask.class).get(0).reason()).isEqualTo("withdraw by ben");
        assertThat(sent(SubmitTask.class)).extracting(SubmitTask::stepId).containsExactly("A", "A#2");
    }

    @Test
    void statuses_lead_a_task_about_and_the_next_one_ends_those_before() throws IOException {
        assertThat(ofTasks(
                        event(0, "Queued", "Awaiting Assignment", "ada"),
                        event(1, "Accepted", "In Progress", "ada"),
                        event(2, "Accepted", "In Progress", "ben"),
                        event(3, "Accepted", "Wait - User", "ben"),
                        event(4, "Accepted", "Assigned", "cyn"),
                        event(5, "Completed", "Closed", "cyn")))
                .containsExactly(
                        "SubmitTask",
                        "(ClaimTask)",
                        "(CompleteTask)",
                        "(SubmitTask)",
                        "ClaimTask",
                        "(ReleaseTask)",
                        "ClaimTask",
                        "SuspendTask",
                        "(ReleaseTask)",
                        "AssignTask",
                        "(StartTask)",
                        "(CompleteTask)",
                        "(SubmitTask)",
                        "(ClaimTask)",
                        "CompleteTask");
    }

    @Test
    void another_transition_is_kept_as_a_comment() throws IOException {
        var report = imported(event(0, "A", "start", "ada"), event(1, "A", "pondered", "ada"));
        assertThat(sink.names()).endsWith("ClaimTask", "CommentOnTask");
        assertThat(report.appliedByClass()).containsEntry("other", 1L);
    }
}
