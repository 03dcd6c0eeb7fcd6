package dev.observatory.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A token that was changed")
class TokenMutationTest {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String SECRET = "a secret of thirty-two bytes, or more";

    private static TokenVerifier keys;
    private static TokenVerifier secret;

    private static final TestKey RSA = TestKey.rsa("r1");
    private static final TestKey EC = TestKey.ec("e1", "secp256r1");
    private static final TestKey ED = TestKey.edwards("d1");

    @BeforeAll
    static void make() {
        keys = TestVerifier.ofKeys(TestKey.jwks(RSA.jwk(), EC.jwk(), ED.jwk()));
        secret = TestVerifier.of(new TestConfig().with("observatory.auth.secret", SECRET));
    }

    static Stream<Long> seeds() {
        return new Random().longs(3).boxed();
    }

    @ParameterizedTest(name = "{displayName}: seed {0}")
    @DisplayName("is never accepted, wherever and however it was changed")
    @MethodSource("seeds")
    void isNeverAccepted(long seed) {
        Random random = new Random(seed);
        checkAll(random, keys, new TestToken().signed("RS256", RSA));
        checkAll(random, keys, new TestToken().signed("PS256", RSA));
        checkAll(random, keys, new TestToken().signed("ES256", EC));
        checkAll(random, keys, new TestToken().signed("EdDSA", ED));
        checkAll(random, secret, new TestToken().signed(SECRET));
    }

    private static void checkAll(Random random, TokenVerifier verifier, String token) {
        assertThat(verifier.verify(token)).isInstanceOf(Identity.class);
        for (int i = 0; i < token.length(); i++) {
            check(verifier, token, replaced(token, i, ALPHABET.charAt(random.nextInt(ALPHABET.length()))));
            check(verifier, token, replaced(token, i, (char) random.nextInt(0x180)));
            // the same letter in the alphabet but for its lowest bit: what decoders do not look at at the end of a part
            check(verifier, token, replaced(token, i, neighbour(token.charAt(i))));
            check(verifier, token, token.substring(0, i) + token.substring(i + 1));
            check(verifier, token, token.substring(0, i) + "=.\n -_A".charAt(random.nextInt(7)) + token.substring(i));
            check(verifier, token, token.substring(0, i));
        }
    }

    private static char neighbour(char letter) {
        int index = ALPHABET.indexOf(letter);
        return index < 0 ? letter : ALPHABET.charAt(index ^ 1);
    }

    private static String replaced(String token, int index, char letter) {
        return token.substring(0, index) + letter + token.substring(index + 1);
    }

    private static void check(TokenVerifier verifier, String token, String changed) {
        if (!changed.equals(token)) {
            assertThat(verifier.verify(changed)).as(changed).isInstanceOf(TokenRefusal.class);
        }
    }
}
