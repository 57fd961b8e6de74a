package dev.muster.subscription;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Sends one event to one receiver. Nothing of what it answers is read but the status. Thread-safe. */
final class WebhookCalls implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int THREADS = 4;

    private final EventForm form;
    private final WebhookSecrets secrets;
    private final WebhookAddresses addresses;
    private final Clock clock;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
        var thread = new Thread(work, "muster-webhook-calls");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable HttpClient http;

    WebhookCalls(EventForm form, WebhookSecrets secrets, WebhookAddresses addresses, Clock clock) {
        this.form = form;
        this.secrets = secrets;
        this.addresses = addresses;
        this.clock = clock;
    }

    /** Made for the first call, since it brings all of TLS, which a start would wait for and most servers never need. */
    private synchronized HttpClient http() {
        if (http == null) {
            http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT)
                    .executor(threads)
                    .build();
        }
        return http;
    }

    /** @param within how long the receiver has to answer, once it is connected to */
    CompletableFuture<WebhookAnswer> send(
            SubscriptionId subscription, Webhook webhook, Delivered delivered, Duration within) {
        return CompletableFuture.supplyAsync(() -> request(subscription, webhook, delivered, within), threads)
                .thenCompose(request -> http().sendAsync(request, HttpResponse.BodyHandlers.ofInputStream()))
                .thenApply(WebhookCalls::status)
                .handle((status, failure) -> failure == null ? WebhookAnswer.of(status) : WebhookAnswer.of(failure));
    }

    private HttpRequest request(SubscriptionId subscription, Webhook webhook, Delivered delivered, Duration within) {
        var url = URI.create(webhook.url());
        try {
            addresses.check(url.getHost());
        } catch (IOException e) {
            throw new CompletionException(e);
        }
        var id = delivered.event().id();
        var now = clock.instant().getEpochSecond();
        var body = form.of(delivered.event());
        return HttpRequest.newBuilder(url)
                .timeout(within)
                .header("Content-Type", "application/cloudevents+json; charset=utf-8")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(now))
                .header("webhook-signature", secrets.sign(subscription, webhook, id, now, body))
                .header("muster-delivery", delivered.id().toString())
                .header("muster-try", Integer.toString(delivered.attempt()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    /** Closed without being read, however much is yet to come. */
    private static int status(HttpResponse<InputStream> response) {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return response.statusCode();
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
