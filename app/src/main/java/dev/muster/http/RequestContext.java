package dev.muster.http;

import dev.muster.access.Identity;
import dev.muster.message.Actor;
import dev.muster.message.Check;
import dev.muster.message.InvalidField;
import dev.muster.message.MetaKeys;
import dev.muster.message.RandomIds;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request says besides its message: who sends it, as was authenticated, why, in which undertaking. Each request has an identifier, which is
 * the cause of the command that it brings.
 */
public record RequestContext(Actor actor, String requestId, Map<String, Object> metadata) {

    private static final int MAX_KEY = 200;
    private static final int MAX_REASON = 2_000;

    /** In quotes, as an entity tag is, or without. */
    private static final Pattern VERSION = Pattern.compile("\"(\\d{1,18})\"|(\\d{1,18})");

    /** Of a request that brings one command or query. */
    static RequestContext of(HttpServletRequest request) {
        return ofMany(request).with(request.getHeader("Idempotency-Key"), version(request.getHeader("If-Match")));
    }

    /** Of a request that brings many messages: what it says for all of them. */
    public static RequestContext ofMany(HttpServletRequest request) {
        var identity = Identity.of(request);
        var actor = identity.actingAs(request.getHeader("Muster-Actor"));
        var requestId = "request:" + RandomIds.next();
        var metadata = new HashMap<String, Object>();
        metadata.put(MetaKeys.ACTOR, actor.name());
        metadata.put(MetaKeys.AUTH_ID, identity.id());
        metadata.put(MetaKeys.CAUSATION_ID, requestId);
        var undertaking = text(request, "Muster-Correlation-Id", MAX_KEY);
        metadata.put(MetaKeys.CORRELATION_ID, undertaking == null ? requestId : undertaking);
        put(metadata, MetaKeys.TRACE_PARENT, text(request, "traceparent", MAX_KEY));
        put(metadata, MetaKeys.REASON, text(request, "Muster-Reason", MAX_REASON));
        return new RequestContext(actor, requestId, metadata);
    }

    /** This, for a message with that key and based on that version. */
    public RequestContext with(@Nullable String idempotencyKey, @Nullable Long expectedVersion) {
        var more = new HashMap<>(metadata);
        put(
                more,
                MetaKeys.IDEMPOTENCY_KEY,
                idempotencyKey == null ? null : Check.text("Idempotency-Key", idempotencyKey, MAX_KEY));
        put(more, MetaKeys.EXPECTED_VERSION, expectedVersion);
        return new RequestContext(actor, requestId, more);
    }

    private static void put(Map<String, Object> metadata, String key, @Nullable Object value) {
        if (value != null) {
            metadata.put(key, value);
        }
    }

    private static @Nullable String text(HttpServletRequest request, String header, int max) {
        var value = request.getHeader(header);
        return value == null ? null : Check.text(header, value, max);
    }

    private static @Nullable Long version(@Nullable String ifMatch) {
        if (ifMatch == null) {
            return null;
        }
        var version = VERSION.matcher(ifMatch.strip());
        if (!version.matches()) {
            throw new InvalidField("If-Match", "must be one version in quotes, as in \"7\", but is " + ifMatch);
        }
        return Long.valueOf(version.group(version.group(1) == null ? 2 : 1));
    }

    @Nullable
    String idempotencyKey() {
        return (String) metadata.get(MetaKeys.IDEMPOTENCY_KEY);
    }

    /** A parameter that is a time to wait: ISO 8601, as in PT2S. */
    static Duration wait(HttpServletRequest request, Duration otherwise, Duration limit) {
        return wait(request.getParameter("wait"), otherwise, limit);
    }

    /** A time to wait: ISO 8601, as in PT2S. */
    public static Duration wait(@Nullable String text, Duration otherwise, Duration limit) {
        if (text == null) {
            return otherwise;
        }
        try {
            var wait = Duration.parse(text);
            if (wait.isNegative() || wait.compareTo(limit) > 0) {
                throw new InvalidField("wait", "must be from PT0S to " + limit + ", but is " + text);
            }
            return wait;
        } catch (DateTimeException e) {
            throw new InvalidField("wait", "must be a duration as in PT2S, but is " + text);
        }
    }
}
