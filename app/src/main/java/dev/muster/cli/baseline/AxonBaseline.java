package dev.muster.cli.baseline;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.axonframework.config.Configuration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.HttpEncodingAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A plain Axon application that handles the task relay over HTTP, on a database of its own in an empty folder. */
@Command(name = AxonBaseline.NAME, hidden = true)
public final class AxonBaseline implements Callable<Integer> {

    public static final String NAME = "axon-baseline";

    @Option(names = "--database", required = true)
    private BaselineDatabase database;

    @Option(names = "--home", required = true)
    private Path home;

    @Option(names = "--server.port", required = true)
    private int port;

    /** Whether the binaries of PostgreSQL are in this jar. */
    public static boolean hasPostgres() {
        return AxonBaseline.class
                        .getClassLoader()
                        .getResource("io/zonky/test/db/postgres/embedded/EmbeddedPostgres.class")
                != null;
    }

    @Override
    public Integer call() {
        new SpringApplicationBuilder(Plain.class)
                .web(WebApplicationType.SERVLET)
                .profiles(NAME)
                .properties(Map.of(
                        "spring.config.name",
                        "baseline",
                        "server.port",
                        port,
                        "server.address",
                        "127.0.0.1",
                        "server.tomcat.max-keep-alive-requests",
                        -1))
                .initializers(
                        context -> context.getBeanFactory().registerSingleton("settings", new Settings(database, home)))
                .run();
        return 0;
    }

    private record Settings(BaselineDatabase database, Path home) {}

    @SpringBootConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        ErrorMvcAutoConfiguration.class,
        HttpEncodingAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class
    })
    @Import(BaselineController.class)
    static class Plain {

        @Bean(destroyMethod = "close")
        DataSource dataSource(Settings settings) {
            var source = settings.database().start(settings.home());
            BaselineView.create(source);
            return source;
        }

        @Bean
        BaselineController.Durability durability(Settings settings, DataSource source) {
            return new BaselineController.Durability(settings.database().mustSync(source));
        }

        @Bean(destroyMethod = "shutdown")
        Configuration axon(Settings settings, DataSource source) {
            return new BaselineAxon(source, settings.database()).start();
        }
    }
}
