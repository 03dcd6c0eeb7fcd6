package dev.observatory.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.fuzz.FuzzRun;
import dev.observatory.fuzz.Mutator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Damage below the encoding, where {@link TokenMutationTest} does not get: to the JSON of header and claims. */
@DisplayName("A token of damaged parts")
class TokenFuzzTest {

    private static final byte[] SECRET = "a secret of thirty-two bytes, or more".getBytes(StandardCharsets.US_ASCII);

    private static final List<String> HEADERS = List.of(
            "{\"alg\":\"RS256\",\"kid\":\"r1\",\"typ\":\"JWT\"}",
            "{\"alg\":\"ES256\",\"kid\":\"e1\",\"typ\":\"at+jwt\",\"jku\":\"https://attacker.example/\"}",
            "{\"alg\":\"EdDSA\",\"kid\":\"d1\"}",
            "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"cty\":\"json\"}",
            "{\"alg\":\"none\"}");

    private static final long LATER = TestToken.NOW.getEpochSecond() + 3600;

    private static final List<String> CLAIMS = List.of(
            "{\"iss\":\"https://id.example\",\"aud\":\"observatory\",\"sub\":\"alice\",\"groups\":[\"read\"],\"exp\":"
                    + LATER + "}",
            "{\"iss\":\"https://id.example\",\"aud\":[\"other\",\"observatory\"],\"upn\":\"bob\",\"scope\":\"read admin\","
                    + "\"nbf\":1,\"iat\":1.5,\"exp\":" + LATER
                    + ".25,\"channels\":[\"conversation:*\",\"alerts\"],\"projects\":[\"p\"],\"jti\":\"x\"}");

    private static final TestKey RSA = TestKey.rsa("r1");
    private static final TestKey EC = TestKey.ec("e1", "secp256r1");
    private static final TestKey ED = TestKey.edwards("d1");

    /** The tokens that are good, and all parts of them. */
    private static final List<String> SIGNED = new ArrayList<>();

    private static final List<String> PARTS = new ArrayList<>();

    private static TokenVerifier keys;
    private static TokenVerifier secret;

    @BeforeAll
    static void make() {
        keys = TestVerifier.of(config().with("mp.jwt.verify.publickey", TestKey.jwks(RSA.jwk(), EC.jwk(), ED.jwk())));
        secret = TestVerifier.of(
                config().with("observatory.auth.secret", new String(SECRET, StandardCharsets.US_ASCII)));
        for (String claims : CLAIMS) {
            SIGNED.add(new TestToken().payload(claims).signed("RS256", RSA));
            SIGNED.add(new TestToken().payload(claims).signed("ES256", EC));
            SIGNED.add(new TestToken().payload(claims).signed("EdDSA", ED));
        }
        SIGNED.forEach(token -> PARTS.addAll(List.of(token.split("\\."))));
    }

    /** An operator can allow tokens of any length; then nothing but the reader itself stands against large ones. */
    private static TestConfig config() {
        return new TestConfig()
                .with("mp.jwt.verify.issuer", "https://id.example")
                .with("mp.jwt.verify.audiences", "observatory")
                .with("observatory.auth.max-token-bytes", "1048576");
    }

    @Test
    @DisplayName("is refused, and never an identity, unless it was signed as it is; and then the identity makes sense")
    void damaged() throws InterruptedException {
        assertThat(SIGNED).allSatisfy(token -> assertThat(keys.verify(token)).isInstanceOf(Identity.class));
        FuzzRun.run("TokenFuzzTest", TokenFuzzTest::token, TokenFuzzTest::check);
    }

    private static void check(String token) {
        assertThat(keys.verify(token)).isInstanceOf(SIGNED.contains(token) ? Identity.class : TokenRefusal.class);

        Verification verification = secret.verify(token);
        assertThat(verification).isNotNull();
        if (verification instanceof Identity identity) {
            int point = token.lastIndexOf('.');
            assertThat(token.substring(point + 1)).isEqualTo(mac(token.substring(0, point)));
            assertThat(identity.name()).isNotBlank().hasSizeLessThanOrEqualTo(Identity.MAX_NAME);
            assertThat(identity.name().codePoints()).noneMatch(Character::isISOControl);
            assertThat(identity.expiry().orElseThrow()).isAfter(TestToken.NOW.minusSeconds(60));
        }
    }

    /** Half of them signed by who gives out tokens, as it would be if that one were out of order. */
    private static String token(Mutator mutator) {
        if (mutator.random().nextBoolean()) {
            return part(mutator, HEADERS) + "." + part(mutator, CLAIMS) + "." + mutator.oneOf(PARTS);
        }
        String header = mutator.random().nextInt(4) == 0
                ? TestKey.encoded(mutator.damagedBytes(HEADERS))
                : TestKey.encoded("{\"alg\":\"HS256\"}");
        String unsigned = header + "." + TestKey.encoded(mutator.damagedBytes(CLAIMS));
        return unsigned + "." + mac(unsigned);
    }

    /** Encoded from what was damaged, or out of another token. */
    private static String part(Mutator mutator, List<String> texts) {
        return mutator.random().nextInt(4) == 0 ? mutator.oneOf(PARTS) : TestKey.encoded(mutator.damagedBytes(texts));
    }

    private static String mac(String unsigned) {
        return TestKey.encoded(TestKey.mac(SECRET, unsigned));
    }
}
