package com.example.inventory;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

/** The inventory as a Spring Boot application of its own that depends on Muster. */
class OwnApplicationTest extends InventoryContract {

    @Override
    Server start(Path home) {
        var context = SpringApplication.run(InventoryApplication.class, "--server.port=0", "--muster.home=" + home);
        return new Server(home) {
            @Override
            String url() {
                return "http://127.0.0.1:"
                        + ((WebServerApplicationContext) context).getWebServer().getPort();
            }

            @Override
            public void close() {
                context.close();
            }
        };
    }

    @AfterAll
    static void close() {
        end();
    }
}
