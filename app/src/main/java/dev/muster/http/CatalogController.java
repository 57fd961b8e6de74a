package dev.muster.http;

import dev.muster.app.MusterVersion;
import dev.muster.message.Lazy;
import dev.muster.message.MessageCatalog;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What there is to be sent and asked, and a request that does nothing, to measure others by. */
@RestController
class CatalogController {

    private final Lazy<byte[]> catalog;
    private final Lazy<byte[]> openApi;

    CatalogController(MessageCatalog catalog) {
        this.catalog = Lazy.of(() -> HttpProblem.bytes(catalog.toJson()));
        this.openApi = Lazy.of(() -> HttpProblem.bytes(OpenApiDocument.of(catalog, MusterVersion.current())));
    }

    @GetMapping("/api/catalog")
    ResponseEntity<byte[]> catalog() {
        return ResponseEntity.ok().header("Content-Type", "application/json").body(catalog.get());
    }

    @GetMapping("/v3/api-docs")
    ResponseEntity<byte[]> openApi() {
        return ResponseEntity.ok().header("Content-Type", "application/json").body(openApi.get());
    }

    @PostMapping("/api/ping")
    void ping(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
