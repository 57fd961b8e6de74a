package dev.muster.app.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.view.View;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.axonframework.serialization.Revision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.stereotype.Component;

/** The list that a start reads in place of all classes. */
class OwnTypesTest {

    private static final String LIST = "META-INF/muster-types";

    @TempDir
    Path folder;

    @Test
    void a_jar_lists_what_a_scan_finds() throws Exception {
        OwnTypes.main(new String[] {folder.toString()});
        var jar = folder.resolve("app.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(LIST));
            Files.copy(folder.resolve(LIST), out);
        }

        try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            for (var annotation : OwnTypes.LISTED) {
                assertThat(OwnTypes.listed(annotation, loader))
                        .hasValue(DomainTypes.scan(
                                DomainTypes.OWN, annotation, getClass().getClassLoader(), null));
            }
            assertThat(OwnTypes.listed(Component.class, loader).orElseThrow())
                    .contains("dev.muster.http.CommandController", "dev.muster.task.Task");
            assertThat(OwnTypes.listed(Revision.class, loader).orElseThrow())
                    .contains("dev.muster.task.TaskEvent$TaskSubmitted");
            assertThat(OwnTypes.listed(View.class, loader).orElseThrow()).contains("dev.muster.task.TaskRow");
        }
    }

    /** Nobody would make it anew when a class is added there. */
    @Test
    void a_list_in_a_folder_is_not_believed() throws Exception {
        OwnTypes.main(new String[] {folder.toString()});

        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            assertThat(OwnTypes.listed(Component.class, loader)).isEmpty();
        }
    }
}
