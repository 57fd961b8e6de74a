package dev.muster.transform;

import dev.muster.store.FolderLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A home in the making: a folder beside the one that it becomes when everything is right. Until then there is none; what was
 * begun is deleted when this is closed, or by the next who begins, if the process was killed.
 */
public final class NewHome implements AutoCloseable {

    private final Path home;
    private final Path making;
    private final FolderLock lock;

    private NewHome(Path home, Path making, FolderLock lock) {
        this.home = home;
        this.making = making;
        this.lock = lock;
    }

    /**
     * Begins one.
     *
     * @throws TransformException if something is there already
     * @throws dev.muster.store.StoreUnavailableException if another process is making it
     */
    public static NewHome begin(Path home) {
        var target = home.toAbsolutePath().normalize();
        try {
            if (Files.exists(target) && !isEmptyFolder(target)) {
                throw new TransformException(
                        home + " is not empty. Name a folder that is, or that isn't there: --to FOLDER.");
            }
            var making = target.resolveSibling(target.getFileName() + ".transforming");
            var lock = FolderLock.take(making);
            var begun = new NewHome(target, making, lock);
            deleteAll(begun.folder());
            return begun;
        } catch (IOException e) {
            throw new TransformException(home + " can't be used: " + e, e);
        }
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** Where to make it. */
    public Path folder() {
        return making.resolve("home");
    }

    /** Puts it where it belongs. */
    public void keep() {
        try {
            Files.deleteIfExists(home);
            Files.move(folder(), home);
        } catch (IOException e) {
            throw new TransformException("The new home can't be put at " + home + ": " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            deleteAll(folder());
            lock.close();
            Files.deleteIfExists(making.resolve(FolderLock.FILE));
            Files.delete(making);
        } catch (DirectoryNotEmptyException e) {
            // Somebody else's files are in it.
        } catch (IOException e) {
            throw new UncheckedIOException("What was begun in " + making + " can't be deleted", e);
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure) throws IOException {
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
