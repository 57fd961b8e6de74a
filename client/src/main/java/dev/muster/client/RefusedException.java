package dev.muster.client;

import tools.jackson.databind.JsonNode;

/** Muster's answer is that it won't: a problem detail (RFC 9457), whose code is stable and whose text says what to do. */
public final class RefusedException extends RuntimeException {

    private static final String PREFIX = "urn:muster:problem:";

    private final int status;
    private final transient JsonNode problem;

    RefusedException(int status, JsonNode problem) {
        super(problem.path("detail").asString("Muster answered " + status + " without saying why."));
        this.status = status;
        this.problem = problem;
    }

    /** The HTTP status: 403 not allowed, 404 not there, 409 against the state, 412 stale version, 422 against a rule. */
    public int status() {
        return status;
    }

    /** What it is, for programs: {@code task-lease-lost}. Empty if it is no problem of Muster's. */
    public String code() {
        var type = problem.path("type").asString("");
        return type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : "";
    }

    /** All that was answered, with the fields that the code brings. */
    public JsonNode problem() {
        return problem;
    }
}
