package dev.muster.cli.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.app.DiagnosticCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.management.JMException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassesAheadTest {

    /** Nothing else names it, so nobody has loaded it. */
    private static final String ON_THE_LIST = "dev.muster.cli.shared.OnTheList";

    @TempDir
    Path folder;

    @AfterEach
    void no_list() {
        System.clearProperty(ClassesAhead.LIST);
    }

    @Test
    void the_classes_of_the_list_are_loaded_and_none_of_them_runs() throws Exception {
        System.setProperty(ClassesAhead.LIST, list("not.there.AnyMore", ON_THE_LIST));
        assertThat(isLoaded(ON_THE_LIST)).isFalse();

        try (var ahead = ClassesAhead.loaded(work -> new Thread(work).start())) {
            await().atMost(Duration.ofSeconds(30)).until(() -> isLoaded(ON_THE_LIST));
        }

        assertThat(System.getProperty("dev.muster.OnTheList.ran")).isNull();
    }

    private String list(String... names) throws IOException {
        return Files.write(folder.resolve("classes"), List.of(names)).toString();
    }

    private static boolean isLoaded(String name) throws JMException {
        return DiagnosticCommands.run("vmClassHierarchy", name).contains(name);
    }
}
