package dev.muster;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent that the README shows is the one in the examples, and it works. */
class WorkerExampleTest {

    private static final Path WORKER = Path.of("..", "examples", "worker", "Worker.java");

    @TempDir
    Path folder;

    @Test
    void the_readme_shows_it_as_it_is() throws Exception {
        assertThat(Files.readString(Path.of("..", "README.md"))).contains(Files.readString(WORKER));
    }

    @Test
    void it_does_a_task_with_a_token_of_its_own() throws Exception {
        try (var server = TestServer.start(folder.resolve("home"));
                var classes = new URLClassLoader(new URL[] {compiled()})) {
            var api = server.api();
            var issued = api.command("issue-token", "", Map.of("tokenId", "ada", "role", "agent", "agentId", "ada"));
            api.command("register-agent", "", Map.of("agentId", "ada", "capabilities", List.of("other")));
            var token = issued.body().at("/result/token").asString();
            var main = classes.loadClass("Worker").getMethod("main", String[].class);
            var worker = new Thread(() -> {
                try {
                    main.invoke(null, (Object) new String[] {api.url(), token, "ada"});
                } catch (InvocationTargetException | IllegalAccessException e) {
                    // It is interrupted at the end.
                }
            });
            worker.start();

            api.command(
                    "submit-task",
                    "",
                    Map.of("taskId", "t", "title", "Say it", "capabilities", List.of("echo"), "input", "hello"));
            var done = api.await(
                    "/api/queries/get-task?taskId=t",
                    task -> task.path("state").asString("").equals("completed"));

            assertThat(done.body().at("/result/echo").asString()).isEqualTo("hello");
            worker.interrupt();
            worker.join();
        }
    }

    private URL compiled() throws Exception {
        var out = Files.createDirectories(folder.resolve("classes"));
        var failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        out.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WORKER.toString());
        assertThat(failed).isZero();
        return out.toUri().toURL();
    }
}
