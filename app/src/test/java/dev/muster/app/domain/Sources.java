package dev.muster.app.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/** Java sources that are compiled into a jar, as somebody else's would be. */
public final class Sources {

    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
    private static final Pattern TYPE = Pattern.compile("public (?:final )?(?:class|record|interface) (\\w+)");

    private final Path folder;
    private final List<String> options = new ArrayList<>(List.of("-parameters", "-proc:none"));

    public Sources(Path folder) {
        this.folder = folder;
    }

    /** A file beside the classes. */
    Sources file(String name, String text) {
        try {
            var file = folder.resolve("classes").resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public Sources add(String source) {
        try {
            var file = folder.resolve(find(PACKAGE, source).replace('.', '/')).resolve(find(TYPE, source) + ".java");
            Files.createDirectories(file.getParent());
            Files.writeString(file, source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private static String find(Pattern pattern, String source) {
        var matcher = pattern.matcher(source);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    /** A jar with those of the compiled classes whose names don't contain that. */
    void jarWithout(String leftOut, Path jar) throws IOException {
        var classes = Files.createDirectories(folder.resolve("classes"));
        options.addAll(List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path")));
        try (var all = Files.walk(folder)) {
            all.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(options::add);
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new)))
                .isZero();
        Files.createDirectories(jar.getParent());
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var all = Files.walk(classes)) {
            for (var file : all.skip(1).toList()) {
                var name = classes.relativize(file).toString();
                if (Files.isDirectory(file)) {
                    out.putNextEntry(new JarEntry(name + "/"));
                } else if (!name.contains(leftOut)) {
                    out.putNextEntry(new JarEntry(name));
                    Files.copy(file, out);
                }
            }
        }
    }

    public void jar(Path jar) throws IOException {
        jarWithout("!", jar);
    }
}
