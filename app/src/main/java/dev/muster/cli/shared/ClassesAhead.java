package dev.muster.cli.shared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.slf4j.LoggerFactory;

/**
 * Loads the classes that a start needs beside it, ahead of the thread that starts. Which they are, is in a list that {@code muster archive}
 * makes, in the order in which a rehearsal loaded them. Nothing of them runs by that. Without a list each is loaded when it is needed, as ever.
 */
final class ClassesAhead implements AutoCloseable {

    /** The system property with the list's file, of a name in each line. */
    static final String LIST = "muster.classes";

    private volatile boolean started;

    private ClassesAhead() {}

    /** Until it is closed, when what is left isn't needed any more. */
    static ClassesAhead loaded(Executor beside) {
        var ahead = new ClassesAhead();
        var list = System.getProperty(LIST);
        if (list != null) {
            beside.execute(() -> ahead.load(Path.of(list)));
        }
        return ahead;
    }

    @Override
    public void close() {
        started = true;
    }

    private void load(Path list) {
        try (var names = Files.newBufferedReader(list)) {
            for (var name = names.readLine(); name != null && !started; name = names.readLine()) {
                load(name);
            }
        } catch (IOException e) {
            LoggerFactory.getLogger(ClassesAhead.class).debug("No classes are loaded ahead", e);
        }
    }

    private static void load(String name) {
        try {
            Class.forName(name, false, ClassesAhead.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            // Whoever needs it will be told.
        }
    }
}
