package dev.muster;

import dev.muster.app.MusterApplication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** Muster in this process, on a free port unless one is given, and a folder of its own. */
public final class TestServer implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private TestServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static TestServer start(Path home, String... properties) {
        return startWith(MusterApplication.class, home, properties);
    }

    /** With the beans of that configuration beside Muster's. */
    public static TestServer startWith(Class<?> configuration, Path home, String... properties) {
        var arguments = new ArrayList<>(
                List.of("--muster.home=" + home, "--logging.level.root=WARN", "--spring.jmx.enabled=false"));
        arguments.addAll(List.of(properties));
        if (arguments.stream().noneMatch(argument -> argument.startsWith("--server.port="))) {
            arguments.add("--server.port=0");
        }
        return new TestServer(new SpringApplicationBuilder(MusterApplication.class, configuration)
                .run(arguments.toArray(String[]::new)));
    }

    public HttpApi api() {
        var port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
        return new HttpApi("http://127.0.0.1:" + port);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
