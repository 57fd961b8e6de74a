package dev.muster.subscription;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;

/**
 * What became of a call. A receiver that is gone says nothing about the event, which is kept for when it is back; one that is there
 * and fails, or does not answer in time, had its try.
 *
 * @param why a sentence's part, without addresses or what was received
 */
record WebhookAnswer(Kind kind, String why) {

    enum Kind {
        DONE,
        FAILED,
        GONE
    }

    private static final Set<Integer> NOT_NOW = Set.of(410, 429, 502, 503, 504);

    static WebhookAnswer of(int status) {
        if (status >= 200 && status < 300) {
            return new WebhookAnswer(Kind.DONE, "");
        }
        if (NOT_NOW.contains(status)) {
            return new WebhookAnswer(Kind.GONE, "it answered " + status);
        }
        var redirects = status >= 300 && status < 400 ? ", and redirects are not followed" : "";
        return new WebhookAnswer(Kind.FAILED, "it answered " + status + redirects);
    }

    static WebhookAnswer of(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof WebhookAddresses.Refused refused) {
            return new WebhookAnswer(Kind.GONE, String.valueOf(refused.getMessage()));
        }
        if (cause instanceof UnknownHostException) {
            return new WebhookAnswer(Kind.GONE, "its host is not known");
        }
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return new WebhookAnswer(Kind.GONE, "nobody accepts a connection");
        }
        if (cause instanceof SSLException) {
            return new WebhookAnswer(Kind.GONE, "no secure connection can be made");
        }
        return cause instanceof HttpTimeoutException
                ? new WebhookAnswer(Kind.FAILED, "it did not answer in time")
                : new WebhookAnswer(Kind.FAILED, "the connection broke off");
    }
}
