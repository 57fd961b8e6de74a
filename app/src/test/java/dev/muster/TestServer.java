package dev.muster;

import dev.muster.access.KnownTokens;
import dev.muster.access.TokenEvent.TokenIssued;
import dev.muster.access.TokenId;
import dev.muster.access.TokenRole;
import dev.muster.access.TokenSecrets;
import dev.muster.app.MusterApplication;
import dev.muster.app.MusterProperties;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Muster in this process, on a free port unless one is given, and a folder of its own. */
public final class TestServer implements AutoCloseable {

    private static final String TOKEN = "muster_of-no-event";

    private final ConfigurableApplicationContext context;
    private final boolean empty;

    private TestServer(ConfigurableApplicationContext context, boolean empty) {
        this.context = context;
        this.empty = empty;
    }

    /** Its log begins as it is, and not with a token of its own. */
    static class WithoutFirstToken {

        @Bean
        static BeanDefinitionRegistryPostProcessor noFirstToken() {
            return registry -> registry.removeBeanDefinition("dev.muster.access.FirstToken");
        }
    }

    /** With a log that is to have the events of another one, or of an import, alone: the operator's token is of no event. */
    public static TestServer startEmpty(Path home, String... properties) {
        var server = new TestServer(startWith(WithoutFirstToken.class, home, properties).context, true);
        server.bean(KnownTokens.class)
                .accept(new TokenIssued(
                        TokenId.of("test"), null, TokenRole.OPERATOR, null, null, TokenSecrets.hash(TOKEN)));
        return server;
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
        return new TestServer(
                new SpringApplicationBuilder(MusterApplication.class, configuration)
                        .run(arguments.toArray(String[]::new)),
                false);
    }

    public HttpApi api() {
        var port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
        var api = HttpApi.of(
                "http://127.0.0.1:" + port, bean(MusterProperties.class).home());
        return empty ? api.with(TOKEN) : api;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
