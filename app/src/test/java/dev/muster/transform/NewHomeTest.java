package dev.muster.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home is there when it is right, and not before. */
class NewHomeTest {

    @TempDir
    Path folder;

    private Path home() {
        return folder.resolve("new");
    }

    private Path making() {
        return folder.resolve("new.transforming");
    }

    private static void write(NewHome fresh, String text) throws IOException {
        Files.createDirectories(fresh.folder());
        Files.writeString(fresh.folder().resolve("log.txt"), text);
    }

    @Test
    void what_is_kept_is_there_and_nothing_else() throws IOException {
        try (var fresh = NewHome.begin(home())) {
            write(fresh, "right");
            assertThat(home()).doesNotExist();
            fresh.keep();
        }
        assertThat(home().resolve("log.txt")).hasContent("right");
        assertThat(making()).doesNotExist();
    }

    @Test
    void an_empty_folder_becomes_it() throws IOException {
        Files.createDirectories(home());
        try (var fresh = NewHome.begin(home())) {
            write(fresh, "right");
            fresh.keep();
        }
        assertThat(home().resolve("log.txt")).hasContent("right");
    }

    @Test
    void what_is_not_kept_is_gone() throws IOException {
        try (var fresh = NewHome.begin(home())) {
            write(fresh, "wrong");
        }
        assertThat(home()).doesNotExist();
        assertThat(making()).doesNotExist();
    }

    @Test
    void what_a_killed_process_left_is_not_in_the_next_one() throws IOException {
        Files.createDirectories(making().resolve("home/log"));
        Files.writeString(making().resolve("home/log/half.txt"), "half");
        try (var fresh = NewHome.begin(home())) {
            assertThat(fresh.folder()).doesNotExist();
            write(fresh, "right");
            fresh.keep();
        }
        assertThat(home().resolve("log")).doesNotExist();
        assertThat(making()).doesNotExist();
    }

    @Test
    void two_do_not_make_the_same_one() {
        try (var fresh = NewHome.begin(home())) {
            assertThatThrownBy(() -> NewHome.begin(home())).isInstanceOf(StoreUnavailableException.class);
            assertThat(fresh.folder()).doesNotExist();
        }
    }

    @Test
    void a_folder_with_files_of_others_is_left_alone() throws IOException {
        Files.createDirectories(making());
        Files.writeString(making().resolve("letter.txt"), "Dear");
        try (var fresh = NewHome.begin(home())) {
            write(fresh, "wrong");
        }
        assertThat(making().resolve("letter.txt")).hasContent("Dear");
    }
}
