package dev.muster.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the script gives to Java, told by a Java that only says what it was given. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it is a script of sh; muster.jar is for everybody")
class ScriptTest {

    private static final String SAYS_WHAT_IT_WAS_GIVEN = "#!/bin/sh\nprintf '%s\\n' \"$@\"\n";
    private static final String LARGE_PAGES = "-XX:+UseTransparentHugePages";

    @TempDir
    Path folder;

    private Path installed;

    @Test
    void arguments_are_passed_as_they_are() throws Exception {
        var said = script().java(SAYS_WHAT_IT_WAS_GIVEN, "17.0.15").run("serve", "--muster.home=a folder", "*", "");

        assertThat(said.code()).isZero();
        assertThat(said.lines())
                .containsSubsequence(
                        "-jar", installed.toRealPath() + "/muster.jar", "serve", "--muster.home=a folder", "*", "");
    }

    @Test
    void options_of_the_environment_come_last_and_so_win() throws Exception {
        var said = script().java(SAYS_WHAT_IT_WAS_GIVEN, "17.0.15")
                .with("MUSTER_JAVA_OPTIONS", "-Xmx1g -XX:MaxNewSize=9m")
                .run();

        assertThat(said.lines()).containsSubsequence("-XX:+UseSerialGC", "-Xmx1g", "-XX:MaxNewSize=9m", "-jar");
    }

    @Test
    void who_chooses_a_collector_gets_it_without_ours() throws Exception {
        var said = script().java(SAYS_WHAT_IT_WAS_GIVEN, "17.0.15")
                .with("MUSTER_JAVA_OPTIONS", "-XX:+UseZGC")
                .run();

        assertThat(said.lines()).contains("-XX:+UseZGC").doesNotContain("-XX:+UseSerialGC");
    }

    @Test
    void large_pages_are_asked_for_where_the_system_gives_them() throws Exception {
        var script = script().java(SAYS_WHAT_IT_WAS_GIVEN, "17.0.15");
        var system = folder.resolve("enabled");
        var file = installed.resolve("bin/muster");
        Files.writeString(
                file,
                Files.readString(file).replace("/sys/kernel/mm/transparent_hugepage/enabled", "'" + system + "'"));

        assertThat(script.run().lines()).as("no such system").doesNotContain(LARGE_PAGES);
        Files.writeString(system, "always madvise [never]\n");
        assertThat(script.run().lines()).as("switched off").doesNotContain(LARGE_PAGES);
        Files.writeString(system, "always [madvise] never\n");
        assertThat(script.run().lines()).as("for who asks").contains(LARGE_PAGES);
        Files.writeString(system, "[always] madvise never\n");
        assertThat(script.run().lines()).as("for everybody").contains(LARGE_PAGES);
        assertThat(script.with("MUSTER_JAVA_OPTIONS", "-XX:+UseZGC").run().lines())
                .as("another collector")
                .doesNotContain(LARGE_PAGES);
    }

    @Test
    void it_is_found_through_links() throws Exception {
        var script = script().java(SAYS_WHAT_IT_WAS_GIVEN, "25");
        Files.createSymbolicLink(folder.resolve("one"), Path.of("installed here/bin/muster"));
        Files.createSymbolicLink(folder.resolve("two"), folder.resolve("one"));

        assertThat(script.run(folder.resolve("two")).lines())
                .containsSubsequence("-jar", installed.toRealPath() + "/muster.jar");
    }

    @Test
    void an_archive_is_given_where_there_is_one() throws Exception {
        var script = script().java(SAYS_WHAT_IT_WAS_GIVEN, "17.0.15");

        assertThat(script.run().text()).doesNotContain("SharedArchiveFile");
        var archive = Files.createFile(installed.resolve("muster.jsa"));
        assertThat(script.run().lines()).contains("-XX:SharedArchiveFile=" + archive.toRealPath());
    }

    @Test
    void the_list_of_classes_of_a_start_is_given_where_there_is_one() throws Exception {
        var script = script().java(SAYS_WHAT_IT_WAS_GIVEN, "17.0.15");

        assertThat(script.run().text()).doesNotContain("muster.classes");
        var classes = Files.createFile(installed.resolve("muster.classes"));
        assertThat(script.run().lines()).containsSubsequence("-Dmuster.classes=" + classes.toRealPath(), "-jar");
    }

    @Test
    void libraries_are_looked_for_beside_the_jars() throws Exception {
        var said = script().java(SAYS_WHAT_IT_WAS_GIVEN, "17.0.15").run();

        assertThat(said.lines())
                .containsSubsequence("-Djava.library.path=" + installed.toRealPath() + "/native", "-jar");
    }

    @Test
    void an_older_java_is_refused() throws Exception {
        var said = script().java(SAYS_WHAT_IT_WAS_GIVEN, "11.0.2").run();

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text()).contains("Java 17 or later is needed").contains("Java 11.0.2");
    }

    @Test
    void an_older_java_without_a_file_of_its_version_is_asked_and_refused() throws Exception {
        var said = script().java("#!/bin/sh\necho 'openjdk version \"1.8.0_292\"' >&2\n", null)
                .run();

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text()).contains("Java 17 or later is needed").contains("Java 1.8.0_292");
    }

    @Test
    void a_java_home_without_java_is_told() throws Exception {
        var said = script().with("JAVA_HOME", folder.toString()).run();

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text()).contains("JAVA_HOME is " + folder);
    }

    @Test
    void without_java_it_says_so() throws Exception {
        var said = script().with("JAVA_HOME", "")
                .with("PATH", onlyWhatTheScriptNeeds())
                .run();

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text()).contains("There is no Java");
    }

    private String onlyWhatTheScriptNeeds() throws IOException {
        var tools = Files.createDirectory(folder.resolve("tools"));
        for (var name : List.of("dirname", "readlink", "sed")) {
            var tool = Files.exists(Path.of("/bin", name)) ? Path.of("/bin", name) : Path.of("/usr/bin", name);
            var calls = Files.writeString(tools.resolve(name), "#!/bin/sh\nexec " + tool + " \"$@\"\n");
            Files.setPosixFilePermissions(calls, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return tools.toString();
    }

    private Script script() throws IOException {
        installed = Files.createDirectory(folder.resolve("installed here"));
        var file = Files.createDirectory(installed.resolve("bin")).resolve("muster");
        Files.copy(Path.of("src/main/distribution/muster"), file);
        return new Script(file, folder);
    }
}
