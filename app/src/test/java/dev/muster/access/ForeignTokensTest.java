package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.muster.HttpApi;
import dev.muster.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JWT of the issuer that is configured, for this audience, lets in whom it names, and no other does. */
class ForeignTokensTest {

    private static final String ISSUER = "https://issuer.example";

    @TempDir
    static Path home;

    private static RSAKey key;
    private static HttpServer issuer;
    private static TestServer server;
    private static HttpApi api;

    @BeforeAll
    static void start() throws Exception {
        key = new RSAKeyGenerator(2048).keyID("k").generate();
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/keys", exchange -> {
            var keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, keys.length);
            try (var body = exchange.getResponseBody()) {
                body.write(keys);
            }
        });
        issuer.start();
        server = TestServer.start(
                home,
                "--muster.access.jwt.issuer-uri=" + ISSUER,
                "--muster.access.jwt.jwk-set-uri=http://127.0.0.1:"
                        + issuer.getAddress().getPort() + "/keys",
                "--muster.access.jwt.audience=muster",
                "--muster.access.failures-per-minute=0");
        api = server.api();
    }

    @AfterAll
    static void stop() {
        server.close();
        issuer.stop(0);
    }

    private static JWTClaimsSet.Builder claims(String subject, String role) {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("muster")
                .subject(subject)
                .claim("muster_role", role)
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
    }

    private static HttpApi bearing(JWTClaimsSet.Builder claims) throws JOSEException {
        return bearing(claims, key);
    }

    private static HttpApi bearing(JWTClaimsSet.Builder claims, RSAKey signedBy) throws JOSEException {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(), claims.build());
        jwt.sign(new RSASSASigner(signedBy));
        return api.with(jwt.serialize());
    }

    @Test
    void it_acts_as_the_agent_it_names_and_the_subject_is_recorded() throws Exception {
        var ada = bearing(claims("ada", "agent"));
        assertThat(ada.command("submit-task", "", Map.of("taskId", "t", "title", "One"))
                        .status())
                .isEqualTo(200);
        assertThat(ada.command("submit-task", "ben", Map.of("title", "One")).problem())
                .isEqualTo("actor-not-itself");
        var event = api.events("&entity=task/t").get(0);
        assertThat(event.get("actor").asString()).isEqualTo("ada");
        assertThat(event.get("authid").asString()).isEqualTo("jwt:ada");
    }

    @Test
    void it_has_the_role_it_names() throws Exception {
        assertThat(bearing(claims("kim", "operator"))
                        .command("register-agent", "ben", Map.of())
                        .status())
                .isEqualTo(200);
        var auditor = bearing(claims("eve", "auditor"));
        assertThat(auditor.get("/api/queries/find-tokens").status()).isEqualTo(200);
        assertThat(auditor.command("submit-task", "", Map.of("title", "x")).status())
                .isEqualTo(403);
    }

    @Test
    void one_that_is_not_right_in_any_way_is_refused() throws Exception {
        var past = Date.from(Instant.now().minusSeconds(300));
        refused(bearing(claims("ada", "agent").expirationTime(past)));
        refused(bearing(claims("ada", "agent").audience("another")));
        refused(bearing(claims("ada", "agent").audience((String) null)));
        refused(bearing(claims("ada", "agent").issuer("https://elsewhere.example")));
        refused(bearing(
                claims("ada", "agent"), new RSAKeyGenerator(2048).keyID("k").generate()));
        refused(bearing(claims("ada", "agent").expirationTime(null)));
        refused(bearing(claims("ada", "king")));
        refused(bearing(claims("ada", "agent").claim("muster_role", null)));
        refused(bearing(claims("ada", "agent").subject(null)));
        refused(bearing(claims("a b", "agent")));
        refused(bearing(claims("operator:kim", "agent")));
        refused(bearing(claims("system:supervisor", "agent")));
        refused(api.with(new PlainJWT(claims("ada", "operator").build()).serialize()));
        var byPublicKey = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256), claims("ada", "operator").build());
        byPublicKey.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
        refused(api.with(byPublicKey.serialize()));
        refused(api.with("not.a.jwt"));
    }

    private static void refused(HttpApi bearer) {
        var answer = bearer.get("/api/catalog");
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("token-invalid");
    }

    @Test
    void musters_own_tokens_are_good_beside_them() {
        assertThat(api.get("/api/catalog").status()).isEqualTo(200);
    }

    @Test
    void an_issuer_without_an_audience_is_refused_at_the_start(@TempDir Path other) throws IOException {
        assertThatThrownBy(() -> TestServer.start(other, "--muster.access.jwt.issuer-uri=" + ISSUER))
                .hasStackTraceContaining("muster.access.jwt.audience");
    }
}
