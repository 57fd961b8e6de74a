package dev.muster.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is called, how it is signed, and what an answer means. */
class WebhookRulesTest {

    private static final Webhook WEBHOOK = new Webhook("https://example.org", 1);

    /** The example of the Standard Webhooks' own libraries. */
    @Test
    void a_signature_is_that_of_standard_webhooks() {
        var secret = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        var body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
        assertThat(WebhookSecrets.signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void a_secret_is_the_same_after_a_restart_and_another_one_for_each_subscription_and_number(@TempDir Path home) {
        var secrets = new WebhookSecrets(home);
        var secret = secrets.text(SubscriptionId.of("s"), WEBHOOK);
        assertThat(new WebhookSecrets(home).text(SubscriptionId.of("s"), WEBHOOK))
                .isEqualTo(secret);
        assertThat(secrets.text(SubscriptionId.of("t"), WEBHOOK)).isNotEqualTo(secret);
        assertThat(secrets.text(SubscriptionId.of("s"), new Webhook("https://example.org", 2)))
                .isNotEqualTo(secret);
    }

    @Test
    void the_key_is_readable_by_its_owner_alone(@TempDir Path home) throws IOException {
        Assumptions.assumeTrue(
                home.getFileSystem().supportedFileAttributeViews().contains("posix"));
        new WebhookSecrets(home).text(SubscriptionId.of("s"), WEBHOOK);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(home.resolve("keys").resolve("webhooks.key"))))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "[fe80::1]",
                "[fd00:ec2::254]",
                "100.100.100.200",
                "[::ffff:169.254.169.254]",
                "[64:ff9b::a9fe:a9fe]",
                "2852039166",
                "0.0.0.0",
                "[::]",
                "224.0.0.1"
            })
    void what_is_link_local_or_no_single_machine_is_refused(String host) {
        assertThatThrownBy(() -> new WebhookAddresses(false).check(host)).isInstanceOf(WebhookAddresses.Refused.class);
    }

    @Test
    void what_is_link_local_can_be_allowed_and_what_is_no_machine_can_not() {
        var allowing = new WebhookAddresses(true);
        assertThatCode(() -> allowing.check("169.254.169.254")).doesNotThrowAnyException();
        assertThatThrownBy(() -> allowing.check("0.0.0.0")).isInstanceOf(WebhookAddresses.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "93.184.216.34", "::1"})
    void other_addresses_are_called(String address) {
        assertThatCode(() -> new WebhookAddresses(false).check(InetAddress.getByName(address)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "200,DONE",
        "204,DONE",
        "301,FAILED",
        "400,FAILED",
        "404,FAILED",
        "500,FAILED",
        "410,GONE",
        "429,GONE",
        "502,GONE",
        "503,GONE",
        "504,GONE"
    })
    void a_status_means_that_it_is_done_that_it_failed_or_that_nobody_is_there(int status, WebhookAnswer.Kind kind) {
        assertThat(WebhookAnswer.of(status).kind()).isEqualTo(kind);
    }

    @Test
    void who_can_not_be_reached_is_gone_and_who_breaks_off_or_takes_too_long_has_failed() {
        for (var gone : new Exception[] {
            new ConnectException(),
            new HttpConnectTimeoutException("x"),
            new CompletionException(new UnknownHostException("secret.example.org")),
            new SSLHandshakeException("x")
        }) {
            assertThat(WebhookAnswer.of(gone).kind()).isEqualTo(WebhookAnswer.Kind.GONE);
            assertThat(WebhookAnswer.of(gone).why()).doesNotContain("secret.example.org");
        }
        assertThat(WebhookAnswer.of(new HttpTimeoutException("x")).kind()).isEqualTo(WebhookAnswer.Kind.FAILED);
        assertThat(WebhookAnswer.of(new IOException("x")).kind()).isEqualTo(WebhookAnswer.Kind.FAILED);
    }
}
