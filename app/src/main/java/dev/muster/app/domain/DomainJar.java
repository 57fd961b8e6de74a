package dev.muster.app.domain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;

/**
 * A jar of a domain: its classes, and nothing of what Muster has already.
 *
 * @param classes their names
 */
record DomainJar(Path file, Set<String> classes) {

    private static final String CLASS = ".class";

    /** Packages that are Muster's, or that Muster brings: a second copy of their classes would be other classes. */
    private static final List<String> BROUGHT_BY_MUSTER =
            List.of("dev.muster.", "org.springframework.", "org.axonframework.", "tools.jackson.");

    /**
     * All jars in that folder, in the order of their names; none if there is no such folder.
     *
     * @throws DomainFault if one is not to be used
     */
    static List<DomainJar> allIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            var jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .map(DomainJar::read)
                    .toList();
            refuseDoubles(jars);
            return jars;
        } catch (IOException e) {
            throw new DomainFault("The folder " + folder + " can't be read: " + e + ".", "Make it readable.", e);
        }
    }

    private static void refuseDoubles(List<DomainJar> jars) {
        for (var jar : jars) {
            for (var other : jars.subList(0, jars.indexOf(jar))) {
                jar.classes.stream().filter(other.classes::contains).findFirst().ifPresent(name -> {
                    throw new DomainFault(
                            other.file + " and " + jar.file + " both have the class " + name + ".",
                            "Remove one of them.",
                            null);
                });
            }
        }
    }

    static DomainJar read(Path file) {
        try (var jar = new JarFile(file.toFile())) {
            var names = jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(CLASS) && !name.startsWith("META-INF/") && !name.contains("-info"))
                    .map(name ->
                            name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
                    .collect(Collectors.toCollection(TreeSet::new));
            names.forEach(name -> check(file, name));
            var read = new DomainJar(file, names);
            read.packages().forEach(each -> checkFolder(jar, each));
            return read;
        } catch (IOException e) {
            throw new DomainFault(
                    file + " is not a jar that can be read: " + e.getMessage() + ".", "Copy it anew, or remove it.", e);
        }
    }

    private static void check(Path file, String name) {
        if (name.startsWith("BOOT-INF.")) {
            throw new DomainFault(
                    file + " is an executable jar, with all that it needs inside.",
                    "Put the plain jar there, with the classes of the domain alone.",
                    null);
        }
        if (BROUGHT_BY_MUSTER.stream().anyMatch(name::startsWith)) {
            throw new DomainFault(
                    file + " has the class " + name + ", which is Muster's or comes with it.",
                    "Build the jar with the classes of the domain alone.",
                    null);
        }
        if (!name.contains(".")) {
            throw new DomainFault(
                    file + " has the class " + name + ", which is in no package.", "Move it into one.", null);
        }
    }

    /** Classes are looked for in folders. */
    private static void checkFolder(JarFile jar, String folder) {
        if (jar.getEntry(folder.replace('.', '/') + "/") == null) {
            throw new DomainFault(
                    jar.getName() + " has classes in " + folder
                            + ", but no entry for that folder, so that they are not found.",
                    "Build the jar with entries for its folders, as Maven, Gradle and the JDK's jar do.",
                    null);
        }
    }

    /** The packages of its classes that are in no other of them. */
    Set<String> packages() {
        var all = classes.stream()
                .map(name -> name.substring(0, name.lastIndexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
        return all.stream()
                .filter(each -> all.stream().noneMatch(other -> each.startsWith(other + ".")))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
