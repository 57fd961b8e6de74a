package dev.muster.cli.baseline;

import dev.muster.task.TaskEvent.TaskCompleted;
import dev.muster.task.TaskEvent.TaskStarted;
import dev.muster.task.TaskEvent.TaskSubmitted;
import dev.muster.task.TaskId;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.jdbc.core.JdbcTemplate;

/** One row for each task, with its state and its label, in the database of the events. */
final class BaselineView {

    private final JdbcTemplate jdbc;

    BaselineView(DataSource source) {
        this.jdbc = new JdbcTemplate(source);
    }

    static void create(DataSource source) {
        new JdbcTemplate(source)
                .execute("create table task_view (task_id varchar(128) primary key, label varchar(255),"
                        + " state varchar(32) not null)");
    }

    @EventHandler
    void on(TaskSubmitted event) {
        jdbc.update(
                "insert into task_view (task_id, label, state) values (?, ?, 'submitted')",
                event.taskId().value(),
                event.labels().stream().findFirst().orElse(""));
    }

    @EventHandler
    void on(TaskStarted event) {
        is(event.taskId(), "working");
    }

    @EventHandler
    void on(TaskCompleted event) {
        is(event.taskId(), "completed");
    }

    private void is(TaskId task, String state) {
        jdbc.update("update task_view set state = ? where task_id = ?", state, task.value());
    }

    /** How many tasks with that label are in which state. */
    static Map<String, Long> count(DataSource source, String label) {
        var counts = new HashMap<String, Long>();
        new JdbcTemplate(source)
                .query(
                        "select state, count(*) from task_view where label = ? group by state",
                        row -> {
                            counts.put(row.getString(1), row.getLong(2));
                        },
                        label);
        return counts;
    }
}
