package dev.muster.app.domain;

import dev.muster.view.View;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.axonframework.serialization.Revision;
import org.springframework.stereotype.Component;

/**
 * Which of Muster's own classes are components, views and events, in a list that the build puts into the jar: to read all of them at each
 * start took a tenth of the thread that starts. Where classes are in folders (tests, an editor) they are read, since nobody makes the list anew there.
 */
final class OwnTypes {

    static final List<Class<? extends Annotation>> LISTED = List.of(Component.class, Revision.class, View.class);

    private static final String LIST = "META-INF/muster-types";

    private OwnTypes() {}

    /** The names of those that bear the annotation, or one that bears it; nothing, if there is no list. */
    static Optional<List<String>> listed(Class<? extends Annotation> annotation, ClassLoader loader) {
        var list = loader.getResource(LIST);
        if (list == null || list.getProtocol().equals("file")) {
            return Optional.empty();
        }
        var start = annotation.getSimpleName() + " ";
        try (var lines = new BufferedReader(new InputStreamReader(list.openStream(), StandardCharsets.UTF_8))) {
            return Optional.of(lines.lines()
                    .filter(line -> line.startsWith(start))
                    .map(line -> line.substring(start.length()))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the list; for the build. */
    public static void main(String[] folder) throws IOException {
        var loader = OwnTypes.class.getClassLoader();
        var lines = LISTED.stream()
                .flatMap(each -> DomainTypes.scan(DomainTypes.OWN, each, loader, null).stream()
                        .map(name -> each.getSimpleName() + " " + name))
                .toList();
        var list = Path.of(folder[0]).resolve(LIST);
        Files.createDirectories(list.getParent());
        Files.write(list, lines);
    }
}
