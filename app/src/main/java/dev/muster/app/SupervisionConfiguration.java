package dev.muster.app;

import dev.muster.task.TaskSupervisor;
import dev.muster.view.ViewChanges;
import java.time.Clock;
import java.time.Duration;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

/** What sees to what is due; it looks when a view has changed. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "muster.supervision", matchIfMissing = true)
class SupervisionConfiguration {

    private static final Duration REST = Duration.ofMillis(100);
    private static final int LIMIT = 500;

    @Bean(destroyMethod = "close")
    TaskSupervisor taskSupervisor(
            QueryGateway queries, CommandBus commands, Clock clock, MusterProperties properties, ViewChanges changes) {
        var task = properties.task();
        var supervisor = new TaskSupervisor(
                queries,
                commands,
                clock,
                new TaskSupervisor.Settings(task.supervisionInterval(), REST, task.lease(), LIMIT));
        changes.listen((store, keys) -> supervisor.wake());
        return supervisor;
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> supervisionStart(TaskSupervisor supervisor) {
        return ready -> supervisor.start();
    }

    /** Before Axon's parts are stopped, without which it could only say that it can't look any more. */
    @Bean
    ApplicationListener<ContextClosedEvent> supervisionEnd(TaskSupervisor supervisor) {
        return closed -> supervisor.close();
    }
}
