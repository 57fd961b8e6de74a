package dev.muster.app;

import dev.muster.message.JsonMappers;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * Says in the home where the server of this folder is, for commands that need a running one. It is there as long as the server
 * listens; one that was killed leaves it behind, which is seen by its process.
 */
@Component
public class ServerFile {

    private static final Logger LOG = LoggerFactory.getLogger(ServerFile.class);

    private final Path file;
    private final @Nullable InetAddress address;

    /** What the file says. */
    public record Server(String url, long pid, Instant started) {

        /** Whether the process that wrote it is still there. */
        public boolean runs() {
            return ProcessHandle.of(pid).isPresent();
        }
    }

    ServerFile(MusterProperties properties, @Value("${server.address:#{null}}") @Nullable InetAddress address) {
        this.file = in(properties.home());
        this.address = address;
    }

    private static Path in(Path home) {
        return home.resolve("server.json");
    }

    /**
     * The server of that home.
     *
     * @throws IOException if there is none, or it can't be read
     */
    public static Server read(Path home) throws IOException {
        try {
            return JsonMappers.edges().readValue(Files.readString(in(home)), Server.class);
        } catch (JacksonException e) {
            throw new IOException(in(home) + " is damaged. Delete it, and start the server again.", e);
        }
    }

    /** The server that runs on that home, if one does. */
    public static Optional<Server> running(Path home) {
        try {
            return Optional.of(read(home)).filter(Server::runs);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Written aside and moved, so that nobody reads half of it. */
    @EventListener
    void listens(WebServerInitializedEvent event) throws IOException {
        var port = event.getWebServer().getPort();
        var server = new Server(
                "http://" + host() + ":" + port, ProcessHandle.current().pid(), Instant.now());
        var aside = file.resolveSibling("server.json.new");
        Files.writeString(aside, JsonMappers.edges().writeValueAsString(server), StandardCharsets.UTF_8);
        Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private String host() {
        if (address == null || address.isAnyLocalAddress()) {
            return "127.0.0.1";
        }
        return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }

    @PreDestroy
    void stops() {
        try {
            if (Files.exists(file)
                    && read(file.getParent()).pid() == ProcessHandle.current().pid()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            LOG.warn("{} is left behind", file, e);
        }
    }
}
