package dev.muster.access;

import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import java.time.Instant;
import java.util.Map;

/** Why a request is not let in. None says anything of the secret that came with it. */
final class AccessRefusals {

    private static final String HOW =
            " Send the header Authorization: Bearer TOKEN. The token of the first operator is in the file operator-token of the"
                    + " server's home; an operator makes others with IssueToken.";

    private AccessRefusals() {}

    static Refusal missing() {
        return new Refusal(new Problem("token-missing", "A token is needed", 401, "The request bears no token." + HOW));
    }

    static Refusal malformed() {
        return new Refusal(new Problem(
                "token-invalid",
                "The token is not good",
                401,
                "The header Authorization is not of the form Bearer TOKEN." + HOW));
    }

    static Refusal invalid() {
        return new Refusal(new Problem(
                "token-invalid",
                "The token is not good",
                401,
                "The token was never issued here, or was revoked. Ask an operator for another one." + HOW));
    }

    static Refusal expired(Instant at) {
        return new Refusal(new Problem(
                "token-expired",
                "The token's time is over",
                401,
                "The token expired at " + at + ". Ask an operator for another one.",
                Map.of("expiredAt", at.toString())));
    }

    static Refusal foreign(String fault) {
        return new Refusal(new Problem(
                "token-invalid",
                "The token is not good",
                401,
                "The JWT is not accepted: " + fault + ". Get another one from the issuer, for this audience."));
    }

    static Refusal noKeys() {
        return new Refusal(new Problem(
                "issuer-unreachable",
                "The issuer of the token can't be asked",
                503,
                "The keys of the issuer can't be had for now, so its tokens can't be checked. Send the request again.",
                Map.of("retryAfterSeconds", 5)));
    }

    static Refusal forbidden(Identity identity) {
        return new Refusal(new Problem(
                "role-missing",
                "The actor may not do this",
                403,
                "This is for operators and auditors, which " + identity.actor() + " is not."));
    }

    static Refusal tooManyFailures(long seconds) {
        return new Refusal(new Problem(
                "too-many-failures",
                "Too many requests without a good token",
                429,
                "Too many requests came from this address without a good token. Correct the token, and wait " + seconds
                        + " s. A good token is let in all the while.",
                Map.of("retryAfterSeconds", seconds)));
    }

    static Refusal tooManyRequests(long seconds) {
        return new Refusal(new Problem(
                "too-many-requests",
                "Too many requests with this token",
                429,
                "More requests came with this token than muster.access.requests-per-second allows. Wait " + seconds
                        + " s, and send fewer: many commands fit into one list.",
                Map.of("retryAfterSeconds", seconds)));
    }

    static Refusal rejected() {
        return new Refusal(
                new Problem(
                        "bad-request",
                        "The request can't be answered",
                        400,
                        "The request's address or headers are not well formed. The catalog of what there is: GET /api/catalog."));
    }
}
