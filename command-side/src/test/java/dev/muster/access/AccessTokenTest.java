package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.access.TokenCommand.IssueToken;
import dev.muster.access.TokenCommand.RevokeToken;
import dev.muster.access.TokenEvent.TokenIssued;
import dev.muster.access.TokenEvent.TokenRevoked;
import dev.muster.agent.AgentId;
import dev.muster.message.InvalidField;
import dev.muster.message.Refusal;
import dev.muster.task.MutableClock;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token is issued once, its secret told once, and it is revoked for good. */
class AccessTokenTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final TokenId ID = TokenId.of("t");
    private static final AgentId ADA = AgentId.of("ada");

    /** What a source of randomness with this seed makes first. */
    private static final String SECRET = new TokenSecrets(new Random(7)).make();

    private static final TokenIssued ISSUED =
            new TokenIssued(ID, null, TokenRole.AGENT, ADA, null, TokenSecrets.hash(SECRET));

    private final FixtureConfiguration<AccessToken> token = new AggregateTestFixture<>(AccessToken.class)
            .registerInjectableResource(new TokenSecrets(new Random(7)))
            .<Clock>registerInjectableResource(new MutableClock(NOW));

    @Test
    void the_event_has_the_hash_and_the_answer_the_secret() {
        token.givenNoPriorActivity()
                .when(new IssueToken(ID, null, TokenRole.AGENT, ADA, null))
                .expectEvents(ISSUED)
                .expectResultMessagePayload(new IssuedToken(ID, TokenRole.AGENT, ADA, null, SECRET));
        assertThat(ISSUED.hash()).hasSize(64).doesNotContain(SECRET);
    }

    @Test
    void a_secret_has_256_random_bits_behind_a_prefix_that_scanners_know() {
        var secrets = new TokenSecrets();
        assertThat(secrets.make()).matches("muster_[A-Za-z0-9_-]{43}").isNotEqualTo(secrets.make());
        // Of `printf abc | sha256sum`.
        assertThat(TokenSecrets.hash("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void an_identifier_is_used_once() {
        token.given(ISSUED)
                .when(new IssueToken(ID, null, TokenRole.AUDITOR, null, null))
                .expectException(Refusal.class)
                .expectNoEvents();
    }

    @Test
    void an_agents_token_names_its_agent_and_no_other_does() {
        token.givenNoPriorActivity()
                .when(new IssueToken(ID, null, TokenRole.AGENT, null, null))
                .expectException(InvalidField.class);
        token.givenNoPriorActivity()
                .when(new IssueToken(ID, null, TokenRole.OPERATOR, ADA, null))
                .expectException(InvalidField.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator:kim", "auditor:eve", "system:supervisor", "anonymous"})
    void no_agents_token_has_a_name_by_which_its_bearer_would_be_more_than_an_agent(String name) {
        token.givenNoPriorActivity()
                .when(new IssueToken(ID, null, TokenRole.AGENT, AgentId.of(name), null))
                .expectException(InvalidField.class)
                .expectNoEvents();
    }

    @Test
    void a_token_expires_later_than_now() {
        token.givenNoPriorActivity()
                .when(new IssueToken(ID, null, TokenRole.AUDITOR, null, NOW))
                .expectException(InvalidField.class);
        token.givenNoPriorActivity()
                .when(new IssueToken(ID, "eve", TokenRole.AUDITOR, null, NOW.plusMillis(1)))
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void it_is_revoked_once_and_again_without_an_event() {
        token.given(ISSUED).when(new RevokeToken(ID, "lost")).expectEvents(new TokenRevoked(ID, "lost"));
        token.given(ISSUED, new TokenRevoked(ID, "lost"))
                .when(new RevokeToken(ID, "again"))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }
}
