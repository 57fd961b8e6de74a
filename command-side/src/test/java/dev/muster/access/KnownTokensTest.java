package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.access.TokenEvent.TokenIssued;
import dev.muster.access.TokenEvent.TokenRevoked;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Which tokens are good is known from their events, in whatever order they are told. */
class KnownTokensTest {

    private static final TokenId ID = TokenId.of("t");
    private static final TokenIssued ISSUED =
            new TokenIssued(ID, null, TokenRole.AUDITOR, null, null, TokenSecrets.hash("secret"));
    private static final TokenRevoked REVOKED = new TokenRevoked(ID, null);

    private final KnownTokens tokens = new KnownTokens();

    @Test
    void a_token_is_found_by_its_secret_alone() {
        tokens.accept(ISSUED);
        assertThat(tokens.bySecret("secret")).contains(ISSUED);
        assertThat(tokens.bySecret("Secret")).isEmpty();
        assertThat(tokens.bySecret(ISSUED.hash())).isEmpty();
        assertThat(tokens.all()).containsExactly(ISSUED);
    }

    @Test
    void one_that_was_revoked_is_good_no_more_also_if_it_is_told_late_that_it_was_issued() {
        tokens.accept(ISSUED);
        tokens.accept(REVOKED);
        tokens.accept(ISSUED);
        assertThat(tokens.bySecret("secret")).isEmpty();

        var late = new KnownTokens();
        late.accept(REVOKED);
        late.accept(ISSUED);
        assertThat(late.bySecret("secret")).isEmpty();
        assertThat(late.isRevoked("t")).isTrue();
    }

    @Test
    void who_listens_is_told_once_and_when_the_token_is_refused_already() {
        var told = new ArrayList<Boolean>();
        tokens.whenRevoked(token -> told.add(tokens.bySecret("secret").isEmpty()));
        tokens.accept(ISSUED);
        tokens.accept(REVOKED);
        tokens.accept(REVOKED);
        assertThat(told).containsExactly(true);
    }

    @Test
    void what_was_forgotten_is_good_no_more() {
        tokens.accept(ISSUED);
        tokens.forget();
        assertThat(tokens.bySecret("secret")).isEmpty();
    }
}
