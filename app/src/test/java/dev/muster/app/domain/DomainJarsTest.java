package dev.muster.app.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.muster.HttpApi;
import dev.muster.app.StartFailure;
import dev.muster.cli.shared.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

/** A jar in the folder of domains is a part of Muster; or it is told in one message why it can't be. */
class DomainJarsTest {

    private static final String DOOR_ID = """
            package org.acme.doors;

            public record DoorId(@com.fasterxml.jackson.annotation.JsonValue String value)
                    implements dev.muster.message.EntityId {
                @com.fasterxml.jackson.annotation.JsonCreator
                public static DoorId of(String value) { return new DoorId(value); }
                @Override public String type() { return "door"; }
                @Override public String toString() { return stored(); }
            }
            """;

    private static final String OPEN_DOOR = """
            package org.acme.doors;

            public record OpenDoor(
                    @org.axonframework.modelling.command.TargetAggregateIdentifier DoorId doorId) {}
            """;

    private static final String DOOR_OPENED = """
            package org.acme.doors;

            @org.axonframework.serialization.Revision("1")
            public record DoorOpened(DoorId doorId) {}
            """;

    private static final String DOOR = """
            package org.acme.doors;

            import org.axonframework.commandhandling.CommandHandler;
            import org.axonframework.eventsourcing.EventSourcingHandler;
            import org.axonframework.modelling.command.*;

            @org.axonframework.spring.stereotype.Aggregate(type = "door")
            public class Door {
                @AggregateIdentifier private DoorId id;
                protected Door() {}

                @CommandHandler
                @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
                void handle(OpenDoor command) { AggregateLifecycle.apply(new DoorOpened(command.doorId())); }

                @EventSourcingHandler
                void on(DoorOpened event) { id = event.doorId(); }
            }
            """;

    private static final String COUNT_DOORS = """
            package org.acme.doors;

            public record CountDoors(String colour) {
                public record Count(long doors) {}
            }
            """;

    private static final String DOOR_CONFIGURATION = """
            package org.acme.doors;

            import org.axonframework.queryhandling.QueryHandler;
            import org.springframework.context.annotation.Bean;

            @org.springframework.boot.autoconfigure.AutoConfiguration
            public class DoorConfiguration {
                public static class Counting {
                    @QueryHandler
                    CountDoors.Count handle(CountDoors query) { return new CountDoors.Count(7); }
                }

                @Bean Counting counting() { return new Counting(); }
            }
            """;

    @TempDir
    Path home;

    @TempDir
    Path sources;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void resetLoader() {
        Thread.currentThread().setContextClassLoader(before);
    }

    private Sources doorsThatConfigureThemselves(String query) {
        return doors().add(query)
                .add(DOOR_CONFIGURATION)
                .file(
                        "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports",
                        "org.acme.doors.DoorConfiguration");
    }

    private Path jar(String name) {
        return home.resolve("domain").resolve(name);
    }

    private Sources doors() {
        return new Sources(sources).add(DOOR_ID).add(OPEN_DOOR).add(DOOR_OPENED).add(DOOR);
    }

    private List<String> options() {
        return List.of("--muster.home=" + home, "--server.port=0", "--logging.level.root=WARN");
    }

    private FailureAnalysis failure() {
        var failure = catchThrowable(() -> Application.silent(options()).close());
        return new StartFailure().analyze(failure);
    }

    @Test
    void its_aggregates_are_offered_and_its_events_are_read_after_a_restart() throws IOException {
        doorsThatConfigureThemselves(COUNT_DOORS).jar(jar("doors.jar"));

        try (var context = Application.serving(options())) {
            var api = api((WebServerApplicationContext) context);
            assertThat(api.command("open-door", "a1", Map.of("doorId", "d1")).status())
                    .isEqualTo(200);
            assertThat(api.get("/api/queries/count-doors?colour=red")
                            .body()
                            .path("doors")
                            .asInt())
                    .isEqualTo(7);
        }
        Thread.currentThread().setContextClassLoader(before);
        try (var context = Application.serving(options())) {
            var api = api((WebServerApplicationContext) context);
            var again = api.command("open-door", "a1", Map.of("doorId", "d1"));
            assertThat(again.body().path("version").asInt()).isEqualTo(1);
            assertThat(api.events("&entity=door/d1")).hasSize(2).allSatisfy(event -> assertThat(
                            event.at("/data/doorId").asString())
                    .isEqualTo("d1"));
        }
    }

    @Test
    void what_it_wrote_can_be_read_without_it() throws IOException {
        doors().jar(jar("doors.jar"));
        try (var context = Application.serving(options())) {
            api((WebServerApplicationContext) context).command("open-door", "a1", Map.of("doorId", "d1"));
        }
        Thread.currentThread().setContextClassLoader(before);

        Files.delete(jar("doors.jar"));

        try (var context = Application.serving(options())) {
            var event = api((WebServerApplicationContext) context)
                    .events("&entity=door/d1")
                    .get(0);
            assertThat(event.path("type").asString()).isEqualTo("DoorOpened");
            assertThat(event.at("/data/doorId").asString()).isEqualTo("d1");
        }
    }

    private HttpApi api(WebServerApplicationContext context) {
        return HttpApi.of("http://127.0.0.1:" + context.getWebServer().getPort(), home);
    }

    @Test
    void one_that_is_no_jar_is_named() throws IOException {
        Files.createDirectories(home.resolve("domain"));
        Files.writeString(jar("doors.jar"), "not a jar");
        var failure = failure();

        assertThat(failure.getDescription()).contains("doors.jar", "is not a jar that can be read");
        assertThat(failure.getAction()).contains("Copy it anew");
    }

    @Test
    void one_with_all_that_it_needs_inside_is_refused() throws IOException {
        empty("BOOT-INF/classes/org/acme/Door.class");

        assertThat(failure().getDescription()).contains("doors.jar", "is an executable jar");
    }

    @Test
    void one_that_brings_classes_of_muster_is_refused() throws IOException {
        empty("dev/muster/task/Task.class");

        assertThat(failure().getDescription()).contains("doors.jar", "dev.muster.task.Task");
    }

    private void empty(String... entries) throws IOException {
        Files.createDirectories(home.resolve("domain"));
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar("doors.jar")))) {
            for (var entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
            }
        }
    }

    @Test
    void one_in_which_nothing_could_be_found_is_refused() throws IOException {
        empty("org/acme/Door.class");

        assertThat(failure().getDescription()).contains("doors.jar", "no entry for that folder");
    }

    @Test
    void one_whose_class_is_damaged_is_named() throws IOException {
        empty("org/", "org/acme/", "org/acme/Door.class");

        assertThat(failure().getDescription()).contains("doors.jar", "can't be used");
    }

    @Test
    void two_versions_of_one_jar_are_refused() throws IOException {
        doors().jar(jar("doors-1.jar"));
        Files.copy(jar("doors-1.jar"), jar("doors-2.jar"));

        assertThat(failure().getDescription()).contains("doors-1.jar", "doors-2.jar", "both have the class");
    }

    @Test
    void one_that_needs_a_class_that_is_not_there_is_told_which() throws IOException {
        doors().jarWithout("OpenDoor", jar("doors.jar"));

        assertThat(failure().getDescription()).contains("doors.jar", "org.acme.doors.Door", "OpenDoor");
    }

    @Test
    void one_whose_message_has_the_name_of_another_is_told_both() throws IOException {
        new Sources(sources)
                .add(DOOR_OPENED.replace("DoorOpened(DoorId doorId)", "TaskSubmitted(String doorId)"))
                .jar(jar("doors.jar"));
        var failure = failure();

        assertThat(failure.getDescription())
                .contains("TaskSubmitted", "org.acme.doors.TaskSubmitted", "dev.muster.task.TaskEvent");
        assertThat(failure.getAction()).contains("@MessageName");
    }

    @Test
    void one_whose_aggregate_has_the_name_or_the_type_of_another_is_refused() throws IOException {
        doors().add(DOOR.replace("class Door ", "class Task ").replace("Door() {}", "Task() {}"))
                .jarWithout("/Door.class", jar("doors.jar"));

        assertThat(failure().getDescription()).contains("aggregates", "org.acme.doors.Task", "dev.muster.task.Task");
    }

    @Test
    void one_whose_view_has_the_name_of_another_is_refused() throws IOException {
        new Sources(sources).add("""
                        package org.acme.doors;

                        import dev.muster.view.*;

                        @View
                        public record DoorView(String id) {
                            static final ViewDefinition<DoorView> DEFINITION =
                                    ViewDefinition.of("task", 1, DoorView.class, DoorView::id);
                        }
                        """).jar(jar("doors.jar"));

        assertThat(failure().getDescription()).contains("views", "task", "org.acme.doors.DoorView");
    }

    @Test
    void one_with_a_query_that_would_hide_a_parameter_of_every_query_is_refused() throws IOException {
        doorsThatConfigureThemselves(COUNT_DOORS.replace("colour", "position")).jar(jar("doors.jar"));

        var failure = catchThrowable(() -> Application.serving(options()).close());

        assertThat(new StartFailure().analyze(failure).getDescription())
                .contains("org.acme.doors.CountDoors", "position");
    }

    @Test
    void a_view_that_does_not_say_what_it_is_is_named() throws IOException {
        new Sources(sources)
                .add("package org.acme.doors; @dev.muster.view.View public record DoorView(String id) {}")
                .jar(jar("doors.jar"));
        var failure = failure();

        assertThat(failure.getDescription()).contains("org.acme.doors.DoorView", "@View");
        assertThat(failure.getAction()).contains("ViewDefinition<DoorView> DEFINITION");
    }
}
