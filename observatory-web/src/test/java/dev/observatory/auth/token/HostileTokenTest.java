package dev.observatory.auth.token;

import static dev.observatory.auth.token.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Hostile tokens")
class HostileTokenTest {

    private static final TestKey RSA = TestKey.rsa("r1");
    private static final TestKey EC = TestKey.ec("e1", "secp256r1");
    private static final TestKey ED = TestKey.edwards("d1");
    private static final TestKey STRANGER = TestKey.rsa("r1");
    private static final TestKey UNHEARD_OF = TestKey.rsa("r9");
    private static final TestKey NAMELESS_STRANGER = new TestKey(null, STRANGER.pair());

    private static final TokenVerifier VERIFIER = TestVerifier.ofKeys(TestKey.jwks(RSA.jwk(), EC.jwk(), ED.jwk()));

    static Stream<Arguments> tokens() {
        return Stream.of(
                        unsigned(),
                        confused(),
                        forged(),
                        malformed(),
                        nested(),
                        outOfTime(),
                        forOthers(),
                        overreaching())
                .flatMap(group -> group);
    }

    private static Arguments row(String what, String token, TokenRefusal refusal) {
        return Arguments.of(what, token, refusal);
    }

    private static TestToken token() {
        return new TestToken();
    }

    private static String good() {
        return token().signed("RS256", RSA);
    }

    private static Stream<Arguments> unsigned() {
        String stripped = good().substring(0, good().lastIndexOf('.') + 1);
        return Stream.of(
                row("none", token().header("alg", "\"none\"").unsigned() + ".", TokenRefusal.UNSIGNED),
                row("none in other letters", token().header("alg", "\"nOnE\"").unsigned() + ".", TokenRefusal.UNSIGNED),
                row(
                        "none, and yet signed",
                        token().header("alg", "\"none\"").signed("RS256", RSA),
                        TokenRefusal.UNSIGNED),
                row("the signature taken away", stripped, TokenRefusal.UNSIGNED),
                row(
                        "the signature and its point taken away",
                        stripped.substring(0, stripped.length() - 1),
                        TokenRefusal.MALFORMED),
                row(
                        "an empty algorithm",
                        token().header("alg", "\"\"").signed("RS256", RSA),
                        TokenRefusal.WRONG_ALGORITHM),
                row("no algorithm", token().header("alg", null).unsigned() + ".AAAA", TokenRefusal.MALFORMED),
                row(
                        "a number as algorithm",
                        token().header("alg", "256").signed("RS256", RSA),
                        TokenRefusal.MALFORMED));
    }

    private static Stream<Arguments> confused() {
        byte[] pem = RSA.pem().getBytes(StandardCharsets.US_ASCII);
        return Stream.of(
                row("the public key's PEM as secret", token().signed(pem), TokenRefusal.WRONG_ALGORITHM),
                row(
                        "the public key's bytes as secret",
                        token().signed(RSA.pair().getPublic().getEncoded()),
                        TokenRefusal.WRONG_ALGORITHM),
                row("the JWK as secret", token().signed(RSA.jwk()), TokenRefusal.WRONG_ALGORITHM),
                row("HS512", token().header("alg", "\"HS512\"").signed(pem), TokenRefusal.WRONG_ALGORITHM),
                row("RS1", token().header("alg", "\"RS1\"").signed("RS256", RSA), TokenRefusal.WRONG_ALGORITHM),
                row(
                        "an algorithm with a space",
                        token().header("alg", "\"RS256 \"").signed("RS256", RSA),
                        TokenRefusal.WRONG_ALGORITHM),
                row(
                        "the RSA key for ES256",
                        token().header("alg", "\"ES256\"").signed("RS256", RSA),
                        TokenRefusal.UNKNOWN_KEY),
                row(
                        "the EC key for RS256",
                        token().header("kid", "\"e1\"").signed("RS256", RSA),
                        TokenRefusal.UNKNOWN_KEY),
                row(
                        "the EC key for ES384",
                        token().signed(
                                        "ES384",
                                        new TestKey(
                                                "e1",
                                                TestKey.ec("", "secp384r1").pair())),
                        TokenRefusal.UNKNOWN_KEY),
                row(
                        "PS256 in the header, RS256 below",
                        token().header("alg", "\"PS256\"").signed("RS256", RSA),
                        TokenRefusal.BAD_SIGNATURE),
                row(
                        "RS512 in the header, RS256 below",
                        token().header("alg", "\"RS512\"").signed("RS256", RSA),
                        TokenRefusal.BAD_SIGNATURE));
    }

    private static Stream<Arguments> forged() {
        String[] good = good().split("\\.");
        String[] other =
                token().claim("sub", "\"root\"").signed("RS256", STRANGER).split("\\.");
        String[] bare = token().header("typ", null).signed("RS256", RSA).split("\\.");
        String here = "\"https://attacker.example/keys\"";
        String zeros = TestKey.encoded(new byte[64]);
        return Stream.of(
                row("another key of the same id", token().signed("RS256", STRANGER), TokenRefusal.BAD_SIGNATURE),
                row("another key without id", token().signed("RS256", NAMELESS_STRANGER), TokenRefusal.BAD_SIGNATURE),
                row("a key that nobody has heard of", token().signed("RS256", UNHEARD_OF), TokenRefusal.UNKNOWN_KEY),
                row(
                        "its key in the header",
                        token().header("jwk", STRANGER.jwk()).signed("RS256", NAMELESS_STRANGER),
                        TokenRefusal.BAD_SIGNATURE),
                row(
                        "where its key is in the header",
                        token().header("jku", here).signed("RS256", STRANGER),
                        TokenRefusal.BAD_SIGNATURE),
                row(
                        "where its certificate is in the header",
                        token().header("x5u", here).signed("RS256", STRANGER),
                        TokenRefusal.BAD_SIGNATURE),
                row(
                        "a certificate in the header",
                        token().header("x5c", "[\"MIIB\"]").signed("RS256", STRANGER),
                        TokenRefusal.BAD_SIGNATURE),
                row(
                        "a path as key id",
                        token().header("kid", "\"../../../dev/null\"").signed(new byte[1]),
                        TokenRefusal.WRONG_ALGORITHM),
                row(
                        "a query as key id",
                        token().header("kid", "\"x' UNION SELECT 'k\"").signed("RS256", STRANGER),
                        TokenRefusal.UNKNOWN_KEY),
                row("claims of another token", good[0] + "." + other[1] + "." + good[2], TokenRefusal.BAD_SIGNATURE),
                row(
                        "the signature of another token",
                        good[0] + "." + good[1] + "." + other[2],
                        TokenRefusal.BAD_SIGNATURE),
                row("another header", bare[0] + "." + good[1] + "." + good[2], TokenRefusal.BAD_SIGNATURE),
                row(
                        "a signature of zeros",
                        token().header("alg", "\"ES256\"")
                                        .header("kid", "\"e1\"")
                                        .unsigned() + "." + zeros,
                        TokenRefusal.BAD_SIGNATURE),
                row("a signature in the form of ASN.1", ecWithDer(), TokenRefusal.BAD_SIGNATURE),
                row("half a signature", good().substring(0, good().length() - 170), TokenRefusal.BAD_SIGNATURE),
                row("an Ed25519 signature with a zero behind it", edwardsWithZero(), TokenRefusal.BAD_SIGNATURE),
                row("a second form of the same Ed25519 signature", edwardsPlusOrder(), TokenRefusal.BAD_SIGNATURE));
    }

    private static String ecWithDer() {
        String unsigned =
                token().header("alg", "\"ES256\"").header("kid", "\"e1\"").unsigned();
        byte[] plain = EC.sign("ES256", unsigned);
        byte[] r = new BigInteger(1, Arrays.copyOf(plain, 32)).toByteArray();
        byte[] s = new BigInteger(1, Arrays.copyOfRange(plain, 32, 64)).toByteArray();
        byte[] der = new byte[6 + r.length + s.length];
        System.arraycopy(new byte[] {0x30, (byte) (4 + r.length + s.length), 2, (byte) r.length}, 0, der, 0, 4);
        System.arraycopy(r, 0, der, 4, r.length);
        System.arraycopy(new byte[] {2, (byte) s.length}, 0, der, 4 + r.length, 2);
        System.arraycopy(s, 0, der, 6 + r.length, s.length);
        return unsigned + "." + TestKey.encoded(der);
    }

    private static String edwardsWithZero() {
        String unsigned =
                token().header("alg", "\"EdDSA\"").header("kid", "\"d1\"").unsigned();
        return unsigned + "." + TestKey.encoded(Arrays.copyOf(ED.sign("EdDSA", unsigned), 65));
    }

    /** S + L verifies too where S is not looked at (RFC 8032, section 8.4). */
    private static String edwardsPlusOrder() {
        String unsigned =
                token().header("alg", "\"EdDSA\"").header("kid", "\"d1\"").unsigned();
        byte[] signature = ED.sign("EdDSA", unsigned);
        BigInteger order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        byte[] s = reversed(new BigInteger(1, reversed(Arrays.copyOfRange(signature, 32, 64)))
                .add(order)
                .toByteArray());
        System.arraycopy(s, 0, signature, 32, 32);
        return unsigned + "." + TestKey.encoded(signature);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[Math.max(32, bytes.length)];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return bytes.length < 32 ? reversed : Arrays.copyOf(reversed, bytes.length);
    }

    private static Stream<Arguments> malformed() {
        String deep = String.join("", Collections.nCopies(2500, "["));
        return Stream.of(
                row("nothing", "", TokenRefusal.MALFORMED),
                row("points", "..", TokenRefusal.MALFORMED),
                row("words", "let me in", TokenRefusal.MALFORMED),
                row("a token with its scheme", "Bearer " + good(), TokenRefusal.MALFORMED),
                row("a token with a line behind it", good() + "\n", TokenRefusal.MALFORMED),
                row("a token with padding", good() + "==", TokenRefusal.MALFORMED),
                row(
                        "a token with a space in it",
                        good().substring(0, 50) + " " + good().substring(50),
                        TokenRefusal.MALFORMED),
                row("four parts", good() + ".AAAA", TokenRefusal.MALFORMED),
                row(
                        "a JWS as JSON",
                        "{\"payload\":\"e30\",\"protected\":\"e30\",\"signature\":\"AAAA\"}",
                        TokenRefusal.MALFORMED),
                row("a header that is no object", TestKey.encoded("[]") + ".e30.AAAA", TokenRefusal.MALFORMED),
                row("a header that is null", TestKey.encoded("null") + ".e30.AAAA", TokenRefusal.MALFORMED),
                row(
                        "a header without bottom",
                        TestKey.encoded("{\"alg\":" + deep) + ".e30.AAAA",
                        TokenRefusal.MALFORMED),
                row(
                        "a header with two algorithms",
                        TestKey.encoded("{\"alg\":\"RS256\",\"alg\":\"none\"}") + ".e30.AAAA",
                        TokenRefusal.MALFORMED),
                row("a number as key id", token().header("kid", "1").signed("RS256", RSA), TokenRefusal.MALFORMED),
                row("claims that are no object", token().payload("[]").signed("RS256", RSA), TokenRefusal.MALFORMED),
                row(
                        "claims that are pairs",
                        token().payload("[[\"sub\",\"alice\"]]").signed("RS256", RSA),
                        TokenRefusal.MALFORMED),
                row("claims that are null", token().payload("null").signed("RS256", RSA), TokenRefusal.MALFORMED),
                row(
                        "claims with two expiries",
                        token().payload("{\"exp\":1,\"exp\":99999999999}").signed("RS256", RSA),
                        TokenRefusal.MALFORMED),
                row(
                        "claims without bottom",
                        token().payload("{\"a\":" + deep).signed("RS256", RSA),
                        TokenRefusal.MALFORMED),
                row(
                        "a token longer than may be",
                        token().claim("more", "\"" + "x".repeat(8192) + "\"").signed("RS256", RSA),
                        TokenRefusal.TOO_LONG),
                row(
                        "a critical extension",
                        token().header("crit", "[\"exp\"]").header("exp", "1").signed("RS256", RSA),
                        TokenRefusal.CRITICAL_HEADER),
                row(
                        "a payload that is not encoded",
                        token().header("crit", "[\"b64\"]")
                                .header("b64", "false")
                                .signed("RS256", RSA),
                        TokenRefusal.CRITICAL_HEADER),
                row(
                        "a token for logging out",
                        token().header("typ", "\"logout+jwt\"").signed("RS256", RSA),
                        TokenRefusal.WRONG_TYPE),
                row(
                        "a proof of possession",
                        token().header("typ", "\"dpop+jwt\"").signed("RS256", RSA),
                        TokenRefusal.WRONG_TYPE));
    }

    private static Stream<Arguments> nested() {
        String jwe = TestKey.encoded("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}");
        String doubled =
                Base64.getUrlEncoder().withoutPadding().encodeToString(good().getBytes(StandardCharsets.US_ASCII));
        return Stream.of(
                row("an encrypted one", jwe + "..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA", TokenRefusal.ENCRYPTED),
                row(
                        "an encrypted one in three parts",
                        token().header("enc", "\"A256GCM\"").signed("RS256", RSA),
                        TokenRefusal.ENCRYPTED),
                row(
                        "a signed one in a signed one, which says so",
                        token().header("cty", "\"JWT\"").payload(good()).signed("RS256", RSA),
                        TokenRefusal.NESTED),
                row(
                        "a signed one in a signed one",
                        token().payload(good()).signed("RS256", RSA),
                        TokenRefusal.MALFORMED),
                row("an encoded one", doubled, TokenRefusal.MALFORMED));
    }

    private static Stream<Arguments> outOfTime() {
        long now = NOW.getEpochSecond();
        return Stream.of(
                row(
                        "expired, just beyond the leeway",
                        token().claim("exp", Long.toString(now - 30)).signed("RS256", RSA),
                        TokenRefusal.EXPIRED),
                row(
                        "not valid yet, just beyond the leeway",
                        token().claim("nbf", Long.toString(now + 31)).signed("RS256", RSA),
                        TokenRefusal.NOT_YET_VALID),
                row("no expiry", token().claim("exp", null).signed("RS256", RSA), TokenRefusal.NO_EXPIRY),
                row("null as expiry", token().claim("exp", "null").signed("RS256", RSA), TokenRefusal.BAD_TIME),
                row(
                        "a text as expiry",
                        token().claim("exp", "\"99999999999\"").signed("RS256", RSA),
                        TokenRefusal.BAD_TIME),
                row(
                        "an expiry that overflows",
                        token().claim("exp", "9223372036854775807").signed("RS256", RSA),
                        TokenRefusal.BAD_TIME),
                row(
                        "an expiry without measure",
                        token().claim("exp", "1e300").signed("RS256", RSA),
                        TokenRefusal.BAD_TIME),
                row(
                        "an expiry before all time",
                        token().claim("exp", "-1").signed("RS256", RSA),
                        TokenRefusal.BAD_TIME),
                row("a list as beginning", token().claim("nbf", "[0]").signed("RS256", RSA), TokenRefusal.BAD_TIME));
    }

    private static Stream<Arguments> forOthers() {
        return Stream.of(
                row(
                        "another issuer",
                        token().claim("iss", "\"https://id.example.attacker.example\"")
                                .signed("RS256", RSA),
                        TokenRefusal.WRONG_ISSUER),
                row("no issuer", token().claim("iss", null).signed("RS256", RSA), TokenRefusal.WRONG_ISSUER),
                row(
                        "a list of issuers",
                        token().claim("iss", "[\"https://id.example\"]").signed("RS256", RSA),
                        TokenRefusal.WRONG_ISSUER),
                row(
                        "another audience",
                        token().claim("aud", "\"observatory2\"").signed("RS256", RSA),
                        TokenRefusal.WRONG_AUDIENCE),
                row(
                        "other audiences",
                        token().claim("aud", "[\"a\",null,\"b\"]").signed("RS256", RSA),
                        TokenRefusal.WRONG_AUDIENCE),
                row("no audience", token().claim("aud", null).signed("RS256", RSA), TokenRefusal.WRONG_AUDIENCE),
                row(
                        "an audience deeper inside",
                        token().claim("aud", "[[\"observatory\"]]").signed("RS256", RSA),
                        TokenRefusal.WRONG_AUDIENCE));
    }

    private static Stream<Arguments> overreaching() {
        String many = String.join(",", Collections.nCopies(101, "\"a\""));
        return Stream.of(
                row("no name", token().claim("sub", null).signed("RS256", RSA), TokenRefusal.BAD_NAME),
                row("a number as name", token().claim("upn", "7").signed("RS256", RSA), TokenRefusal.BAD_NAME),
                row(
                        "an empty name before another",
                        token().claim("upn", "\"\"").signed("RS256", RSA),
                        TokenRefusal.BAD_NAME),
                row(
                        "a name of two lines",
                        token().claim("sub", "\"alice\\nroot\"").signed("RS256", RSA),
                        TokenRefusal.BAD_NAME),
                row(
                        "a name without end",
                        token().claim("sub", "\"" + "a".repeat(201) + "\"").signed("RS256", RSA),
                        TokenRefusal.BAD_NAME),
                row("a number as group", token().claim("groups", "[1]").signed("RS256", RSA), TokenRefusal.BAD_ROLES),
                row(
                        "groups that are an object",
                        token().claim("groups", "{\"admin\":true}").signed("RS256", RSA),
                        TokenRefusal.BAD_ROLES),
                row(
                        "null as channels",
                        token().claim("channels", "null").signed("RS256", RSA),
                        TokenRefusal.BAD_CHANNELS),
                row(
                        "a pattern with a star inside",
                        token().claim("channels", "[\"conv*tion\"]").signed("RS256", RSA),
                        TokenRefusal.BAD_CHANNELS),
                row(
                        "more patterns than there may be",
                        token().claim("channels", "[" + many + "]").signed("RS256", RSA),
                        TokenRefusal.BAD_CHANNELS),
                row(
                        "true as projects",
                        token().claim("projects", "true").signed("RS256", RSA),
                        TokenRefusal.BAD_PROJECTS));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("are refused, each for its reason")
    @MethodSource("tokens")
    void areRefused(String what, String token, TokenRefusal refusal) {
        assertThat(VERIFIER.verify(token)).isEqualTo(refusal);
    }
}
