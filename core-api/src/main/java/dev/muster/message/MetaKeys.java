package dev.muster.message;

/**
 * The keys of the metadata of commands and events. Values are strings unless another type is named, so that they look the
 * same whatever has stored them.
 */
public final class MetaKeys {

    /** Who acts; see {@link Actor}. */
    public static final String ACTOR = "actor";
    /** By which token, or which subject of an external issuer, a client was authenticated who sent the command. */
    public static final String AUTH_ID = "authId";
    /** For whom a system actor acts. */
    public static final String ON_BEHALF_OF = "onBehalfOf";
    /** The identifier of the command that led to this event. */
    public static final String COMMAND_ID = "commandId";
    /** The name of the command that led to this event. */
    public static final String COMMAND_NAME = "commandName";
    /** What led to that command: an event's identifier, or a client's request. */
    public static final String CAUSATION_ID = "causationId";
    /** The undertaking all of this belongs to; handed on from message to message. */
    public static final String CORRELATION_ID = "correlationId";
    /** W3C trace context; handed on from message to message. */
    public static final String TRACE_PARENT = "traceparent";
    /** The wall clock when the event was recorded, an ISO 8601 instant. */
    public static final String RECORDED_AT = "recordedAt";
    /** Why, in a person's or an agent's words. */
    public static final String REASON = "reason";

    /** The key under which a client may repeat a command; see {@link #IDEMPOTENCY_HASH}. */
    public static final String IDEMPOTENCY_KEY = "idempotencyKey";
    /** SHA-256 over the name and the content of the command that came with the key, hexadecimal. */
    public static final String IDEMPOTENCY_HASH = "idempotencyHash";
    /** The answer that was given, JSON. */
    public static final String IDEMPOTENCY_ANSWER = "idempotencyAnswer";

    /** {@code true} (boolean) on what an import replays. */
    public static final String IMPORTED = "imported";
    /** {@code true} (boolean) on what an import had to presuppose. */
    public static final String INFERRED = "inferred";

    /** On a command: the version (long) that it was based on. */
    public static final String EXPECTED_VERSION = "expectedVersion";
    /** On a command, set by an import only: the instant (ISO 8601) at which it happens. */
    public static final String AT = "at";
    /** On a command, set inside the process only and copied from no edge: {@code true} (boolean) if the system sends it. */
    public static final String TRUSTED = "trusted";
    /** On {@code ClaimNextTask}: how long (milliseconds, long) to wait while nothing is ready. */
    public static final String WAIT_MILLIS = "waitMillis";

    /** On a query: the moment (ISO 8601) as of which it is asked. */
    public static final String AS_OF = "asOf";
    /** On a query: the position (long) of the log as of which it is asked. */
    public static final String POSITION = "position";

    /** On an answer: the version (long) of the aggregate after handling. */
    public static final String VERSION = "version";
    /** On an answer: what a query's {@code after} takes to see what this command did. */
    public static final String SEEN = "seen";

    private MetaKeys() {}
}
