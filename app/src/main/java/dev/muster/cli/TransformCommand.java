package dev.muster.cli;

import dev.muster.access.OperatorTokenFile;
import dev.muster.app.domain.DomainJars;
import dev.muster.cli.shared.Application;
import dev.muster.progress.ProgressBar;
import dev.muster.store.RocksEventStorageEngine;
import dev.muster.transform.LogCopy;
import dev.muster.transform.LogTransformation;
import dev.muster.transform.NewHome;
import dev.muster.transform.TransformException;
import dev.muster.transform.TransformReport;
import dev.muster.transform.Verification;
import dev.muster.view.ViewProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.axonframework.config.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Copies a log into a new home, through a transformation. It needs both folders for itself. */
@Command(
        name = "transform",
        description = "Copy a log through a transformation into a new home, and check what came of it.",
        mixinStandardHelpOptions = true)
final class TransformCommand implements Callable<Integer> {

    @Option(
            names = {"--home", "--muster.home"},
            paramLabel = "OLD",
            required = true,
            description = "The home of the log.")
    private Path home = Path.of("");

    @Option(
            names = "--to",
            paramLabel = "NEW",
            required = true,
            description = "The new home: a folder that is empty or isn't there.")
    private Path to = Path.of("");

    @Option(
            names = "--with",
            paramLabel = "CLASS",
            description = "The class of the transformation; without it the log is copied as it is.")
    private @Nullable String with;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (!Files.exists(home.resolve("log").resolve("CURRENT"))) {
            throw new TransformException("There is no log in " + home + ".");
        }
        var transformation = transformation();
        try (var old = LogFolder.open(home);
                var fresh = NewHome.begin(to)) {
            var copied = copy(old, fresh.folder(), transformation);
            copyDomain(fresh.folder());
            OperatorTokenFile.copy(home, fresh.folder());
            var verified = verify(fresh.folder(), copied);
            fresh.keep();
            print(new TransformReport(home, to, with == null ? "" : with, copied, verified));
            return 0;
        }
    }

    private LogTransformation transformation() {
        if (with == null) {
            return log -> log;
        }
        try {
            var loader = DomainJars.loader(home, Thread.currentThread().getContextClassLoader());
            return Class.forName(with, true, loader)
                    .asSubclass(LogTransformation.class)
                    .getConstructor()
                    .newInstance();
        } catch (ClassNotFoundException e) {
            throw new TransformException(
                    "There is no class " + with + " on the class path, nor in the jars of " + home.resolve("domain")
                            + ".",
                    e);
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new TransformException(
                    with + " can't be used: it must be public, implement " + LogTransformation.class.getName()
                            + " and have a public constructor without parameters (" + e + ").",
                    e);
        }
    }

    private static LogCopy.Copied copy(RocksEventStorageEngine old, Path folder, LogTransformation transformation) {
        try (var fresh = LogFolder.open(folder)) {
            return LogCopy.copy(old, fresh, transformation, new ProgressBar(System.err, "Copying", old.head())::show);
        }
    }

    /** What the log can't be read without; all else in a home is made from the log. */
    private void copyDomain(Path folder) throws IOException {
        var domain = home.resolve("domain");
        if (Files.isDirectory(domain)) {
            try (var files = Files.walk(domain)) {
                for (var file : files.toList()) {
                    Files.copy(file, folder.resolve("domain").resolve(domain.relativize(file)));
                }
            }
        }
    }

    private static Verification.Verified verify(Path folder, LogCopy.Copied copied) throws InterruptedException {
        try (var application = Application.silent(List.of("--muster.home=" + folder, "--muster.supervision=false"))) {
            return new Verification(
                            application.getBean(RocksEventStorageEngine.class),
                            application.getBean(Configuration.class),
                            application.getBean(ViewProgress.class))
                    .run(
                            copied,
                            new ProgressBar(System.err, "Reading", copied.written())::show,
                            new ProgressBar(System.err, "Folding the views", copied.written())::show);
        }
    }

    private void print(TransformReport report) {
        var out = spec.commandLine().getOut();
        out.println(
                json
                        ? JsonMapper.builder()
                                .build()
                                .writerWithDefaultPrettyPrinter()
                                .writeValueAsString(report.toMap())
                        : report);
        out.flush();
    }
}
