package dev.muster.access;

import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import java.util.Map;

/** Why something asked of a token is refused. */
final class TokenRefusals {

    private TokenRefusals() {}

    static Refusal exists(TokenId token) {
        return new Refusal(new Problem(
                "token-exists",
                "There is a token of this identifier already",
                409,
                "A token " + token.value()
                        + " was issued already. Choose another identifier, or leave it out; the secret of"
                        + " the earlier one can't be told again.",
                Map.of("tokenId", token.value())));
    }
}
