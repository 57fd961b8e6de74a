package dev.muster.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The properties of Muster.
 *
 * @param home the folder of all files
 * @param engine which keeps the log: {@code embedded} or {@code axonserver}
 * @param supervision whether supervision runs
 */
@ConfigurationProperties("muster")
public record MusterProperties(
        @DefaultValue("muster-home") Path home,
        @DefaultValue("embedded") Engine engine,
        @DefaultValue("true") boolean supervision,
        @DefaultValue Task task,
        @DefaultValue Mission mission,
        @DefaultValue Command command,
        @DefaultValue Query query,
        @DefaultValue Http http,
        @DefaultValue Access access,
        @DefaultValue Mcp mcp,
        @DefaultValue Log log,
        @DefaultValue Views views,
        @DefaultValue Worlds worlds,
        @DefaultValue Subscription subscription,
        @DefaultValue WhatIf whatIf) {

    /** What keeps the log. */
    public enum Engine {
        EMBEDDED,
        AXONSERVER
    }

    /**
     * Limits of tasks.
     *
     * @param lease how long a holder may be silent
     * @param restLimit how long a task may rest, suspended or waiting for input
     * @param maxWaiting how many agents may wait for a next task at a time
     * @param supervisionInterval after which supervision looks again at the latest
     */
    public record Task(
            @DefaultValue("PT5M") Duration lease,
            @DefaultValue("PT24H") Duration restLimit,
            @DefaultValue("64") int maxWaiting,
            @DefaultValue("PT1S") Duration supervisionInterval) {
        public Task {
            positive("muster.task.lease", lease);
            positive("muster.task.rest-limit", restLimit);
            atLeast("muster.task.max-waiting", maxWaiting, 0);
            positive("muster.task.supervision-interval", supervisionInterval);
        }
    }

    /** @param lanes how many missions are carried to their tasks and back at a time */
    public record Mission(@DefaultValue("8") int lanes) {
        public Mission {
            atLeast("muster.mission.lanes", lanes, 1);
        }
    }

    /**
     * Limits of commands.
     *
     * @param idempotencyWindow among how many of an entity's last events an idempotency key is looked up
     * @param conflictRetries how often a conflict of concurrent appends is retried
     * @param snapshotEvents after how many events an entity is snapshotted
     * @param snapshotLoadTime after how long a loading it is, if at least 10 events were read for it
     * @param cachedEntities how many entities of each kind are kept in memory between their commands; 0 for none
     */
    public record Command(
            @DefaultValue("100") int idempotencyWindow,
            @DefaultValue("5") int conflictRetries,
            @DefaultValue("200") int snapshotEvents,
            @DefaultValue("PT0.1S") Duration snapshotLoadTime,
            @DefaultValue("10000") int cachedEntities) {
        public Command {
            atLeast("muster.command.idempotency-window", idempotencyWindow, 1);
            atLeast("muster.command.conflict-retries", conflictRetries, 0);
            atLeast("muster.command.snapshot-events", snapshotEvents, 1);
            positive("muster.command.snapshot-load-time", snapshotLoadTime);
            atLeast("muster.command.cached-entities", cachedEntities, 0);
        }
    }

    /**
     * Limits of queries.
     *
     * @param waitDefault how long a query with {@code after} waits if it doesn't say
     * @param waitLimit how long anything may wait at most
     * @param maxStreams how many live answers and live logs may be open at a time
     */
    public record Query(
            @DefaultValue("PT5S") Duration waitDefault,
            @DefaultValue("PT30S") Duration waitLimit,
            @DefaultValue("256") int maxStreams) {
        public Query {
            positive("muster.query.wait-default", waitDefault);
            positive("muster.query.wait-limit", waitLimit);
            atLeast("muster.query.max-streams", maxStreams, 0);
        }
    }

    /**
     * Limits of requests.
     *
     * @param maxBodyBytes how large the body of a request may be
     * @param maxCommands how many commands a request may bring
     */
    public record Http(
            @DefaultValue("1048576") int maxBodyBytes,
            @DefaultValue("100") int maxCommands) {
        public Http {
            atLeast("muster.http.max-body-bytes", maxBodyBytes, 1);
            atLeast("muster.http.max-commands", maxCommands, 1);
        }
    }

    /**
     * Who may use the server, and how much.
     *
     * @param requestsPerSecond how many requests a token may send; 0 for no limit
     * @param failuresPerMinute how many requests without a good token are told what is wrong with them, by remote address; 0 for
     *     no limit
     * @param allowedOrigins of which other origins the pages may use this server from a browser (CORS)
     */
    public record Access(
            @DefaultValue("20000") int requestsPerSecond,
            @DefaultValue("60") int failuresPerMinute,
            @DefaultValue("") List<String> allowedOrigins,
            @DefaultValue Jwt jwt) {
        public Access {
            atLeast("muster.access.requests-per-second", requestsPerSecond, 0);
            atLeast("muster.access.failures-per-minute", failuresPerMinute, 0);
            allowedOrigins =
                    allowedOrigins.stream().filter(origin -> !origin.isBlank()).toList();
        }
    }

    /**
     * The JWTs of an external issuer that are accepted beside Muster's own tokens.
     *
     * @param issuerUri who issues them; where the keys are is asked there unless {@code jwkSetUri} says it
     * @param jwkSetUri where the keys are
     * @param audience for whom they must be
     * @param agentClaim the claim that says who bears it
     * @param roleClaim the claim that says what the bearer may do: operator, auditor or agent
     */
    public record Jwt(
            @DefaultValue("") String issuerUri,
            @DefaultValue("") String jwkSetUri,
            @DefaultValue("") String audience,
            @DefaultValue("sub") String agentClaim,
            @DefaultValue("muster_role") String roleClaim) {
        public Jwt {
            if (audience.isEmpty() && !(issuerUri.isEmpty() && jwkSetUri.isEmpty())) {
                throw new InvalidConfigurationPropertyValueException(
                        "muster.access.jwt.audience",
                        audience,
                        "It must be given: a token that was issued for another server would be good here otherwise.");
            }
        }
    }

    /**
     * Limits of the MCP edge.
     *
     * @param maxSessions how many sessions may be open at a time
     * @param sessionIdle after how long without a request and without a stream a session is forgotten; it may take twice that
     * @param maxSubscriptions how many resources a session, or a stream of its own, may follow
     * @param allowedOrigins of which hosts, or origins, web pages may call it
     */
    public record Mcp(
            @DefaultValue("256") int maxSessions,
            @DefaultValue("PT30M") Duration sessionIdle,
            @DefaultValue("64") int maxSubscriptions,

            @DefaultValue({"localhost", "127.0.0.1", "[::1]"})
            List<String> allowedOrigins) {
        public Mcp {
            atLeast("muster.mcp.max-sessions", maxSessions, 0);
            positive("muster.mcp.session-idle", sessionIdle);
            atLeast("muster.mcp.max-subscriptions", maxSubscriptions, 0);
            allowedOrigins = List.copyOf(allowedOrigins);
        }
    }

    /**
     * Memory of the embedded log, outside of the heap.
     *
     * @param blockCacheBytes how much of what was read is kept
     * @param writeBufferBytes how much of what was written is kept before it becomes a sorted file
     */
    public record Log(
            @DefaultValue("67108864") long blockCacheBytes,
            @DefaultValue("16777216") long writeBufferBytes) {
        public Log {
            atLeast("muster.log.block-cache-bytes", blockCacheBytes, 0);
            atLeast("muster.log.write-buffer-bytes", writeBufferBytes, 65_536);
        }
    }

    /**
     * How views are folded.
     *
     * @param batchSize how many events are folded in one transaction at most
     * @param pace how long after the beginning of a batch the next one begins at the soonest, unless it was full or somebody waits for the views
     */
    public record Views(
            @DefaultValue("2000") int batchSize,
            @DefaultValue("PT0.025S") Duration pace) {
        public Views {
            atLeast("muster.views.batch-size", batchSize, 1);
            atLeast("muster.views.pace", pace.toMillis(), 0);
        }
    }

    /**
     * Questions about the past.
     *
     * @param maxBytes how much memory the Worlds may take that are kept, roughly
     * @param checkpointEvents after how many events a checkpoint is made of a World that passes there
     * @param checkpoints how many checkpoints are kept; 0 for none
     */
    public record Worlds(
            @DefaultValue("134217728") long maxBytes,
            @DefaultValue("100000") long checkpointEvents,
            @DefaultValue("8") int checkpoints) {
        public Worlds {
            atLeast("muster.worlds.max-bytes", maxBytes, 0);
            atLeast("muster.worlds.checkpoint-events", checkpointEvents, 1);
            atLeast("muster.worlds.checkpoints", checkpoints, 0);
        }
    }

    /**
     * Limits of subscriptions.
     *
     * @param window how many events of a subscription are looked after at a time
     * @param maxWaiting how many members of all groups may wait for events at a time
     * @param backoff after which an event that failed is delivered again; twice as long each time
     * @param backoffLimit how long that gets
     * @param webhookTimeout how long a receiver may take to answer
     * @param webhookLanes how many events of a subscription are sent to its webhook at a time
     * @param webhookLinkLocal whether webhooks may have link-local addresses and those of metadata services
     */
    public record Subscription(
            @DefaultValue("1000") int window,
            @DefaultValue("256") int maxWaiting,
            @DefaultValue("PT1S") Duration backoff,
            @DefaultValue("PT5M") Duration backoffLimit,
            @DefaultValue("PT10S") Duration webhookTimeout,
            @DefaultValue("4") int webhookLanes,
            @DefaultValue("false") boolean webhookLinkLocal) {
        public Subscription {
            atLeast("muster.subscription.window", window, 1);
            atLeast("muster.subscription.max-waiting", maxWaiting, 1);
            positive("muster.subscription.backoff", backoff);
            positive("muster.subscription.backoff-limit", backoffLimit);
            positive("muster.subscription.webhook-timeout", webhookTimeout);
            atLeast("muster.subscription.webhook-lanes", webhookLanes, 1);
        }
    }

    /** @param timeLimit how long the answer to what would have been may take */
    public record WhatIf(@DefaultValue("PT30S") Duration timeLimit) {
        public WhatIf {
            positive("muster.what-if.time-limit", timeLimit);
        }
    }

    private static void positive(String property, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new InvalidConfigurationPropertyValueException(property, value, "It must be longer than nothing.");
        }
    }

    private static void atLeast(String property, long value, long least) {
        if (value < least) {
            throw new InvalidConfigurationPropertyValueException(property, value, "It must be at least " + least + ".");
        }
    }
}
