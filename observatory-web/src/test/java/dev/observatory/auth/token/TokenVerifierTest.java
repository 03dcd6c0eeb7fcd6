package dev.observatory.auth.token;

import static dev.observatory.auth.token.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The verifier of tokens")
class TokenVerifierTest {

    private static final String SECRET = "a secret of thirty-two bytes, or more";

    private static final TestKey RSA = TestKey.rsa("r1");
    private static final TestKey OTHER_RSA = TestKey.rsa("r2");
    private static final TestKey P256 = TestKey.ec("e1", "secp256r1");
    private static final TestKey P384 = TestKey.ec("e2", "secp384r1");
    private static final TestKey P521 = TestKey.ec("e3", "secp521r1");
    private static final TestKey ED = TestKey.edwards("d1");

    private static final Map<String, TestKey> BY_KIND = Map.of("RS", RSA, "PS", RSA, "Ed", ED);
    private static final Map<String, TestKey> BY_CURVE = Map.of("ES256", P256, "ES384", P384, "ES512", P521);

    private static TestKey key(String algorithm) {
        return BY_CURVE.getOrDefault(algorithm, BY_KIND.get(algorithm.substring(0, 2)));
    }

    static Stream<Arguments> places() {
        return Stream.of(
                        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
                        "Ed25519")
                .flatMap(algorithm -> Stream.of(
                        Arguments.of(algorithm, "PEM", key(algorithm).pem()),
                        Arguments.of(
                                algorithm,
                                "a JWK",
                                key(algorithm).jwk("\"use\":\"sig\",\"alg\":\"" + algorithm + "\",")),
                        Arguments.of(
                                algorithm,
                                "a set of JWKs",
                                TestKey.jwks(
                                        OTHER_RSA.jwk(), RSA.jwk(), P256.jwk(), P384.jwk(), P521.jwk(), ED.jwk()))));
    }

    @ParameterizedTest(name = "{displayName}: {0}, {1}")
    @DisplayName("accepts what is signed with the key that it was given")
    @MethodSource("places")
    void acceptsEachAlgorithm(String algorithm, String form, String keys) {
        String token = new TestToken().signed(algorithm, key(algorithm));

        assertThat(TestVerifier.ofKeys(keys).verify(token)).isInstanceOfSatisfying(Identity.class, identity -> {
            assertThat(identity.getName()).isEqualTo("alice");
            assertThat(identity.expiry()).contains(NOW.plusSeconds(3600));
        });
    }

    @Test
    @DisplayName("accepts HS256 with a secret, and nothing else then")
    void acceptsTheSecret() {
        TokenVerifier verifier = TestVerifier.of(new TestConfig().with("observatory.auth.secret", SECRET));

        assertThat(verifier.verify(new TestToken().signed(SECRET))).isInstanceOf(Identity.class);
        assertThat(verifier.verify(new TestToken().signed(SECRET + "!"))).isEqualTo(TokenRefusal.BAD_SIGNATURE);
        assertThat(verifier.verify(new TestToken().signed("RS256", RSA))).isEqualTo(TokenRefusal.WRONG_ALGORITHM);
    }

    static Stream<Arguments> wrappings() {
        return Stream.of(
                Arguments.of(
                        "ends of lines written as two characters", RSA.pem().replace("\n", "\\n")),
                Arguments.of("in one line", RSA.pem().replace("\n", " ")),
                Arguments.of(
                        "in Base64",
                        Base64.getEncoder().encodeToString(RSA.pem().getBytes())),
                Arguments.of("two of them", P256.pem() + RSA.pem()),
                Arguments.of("a JWK in Base64", TestKey.encoded(RSA.jwk())));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("reads keys as settings and environments have them")
    @MethodSource("wrappings")
    void readsKeys(String what, String keys) {
        assertThat(TestVerifier.ofKeys(keys).verify(new TestToken().signed("RS256", RSA)))
                .isInstanceOf(Identity.class);
    }

    static Stream<Arguments> unusable() {
        TestKey small = TestKey.rsa("small", 1024);
        TestKey foreign = TestKey.ec("k1", "secp256r1");
        String secret = "{\"kty\":\"oct\",\"kid\":\"s\",\"k\":\"" + TestKey.encoded(SECRET) + "\"}";
        return Stream.of(
                Arguments.of("for encryption", RSA.jwk("\"use\":\"enc\","), "no key that can be used"),
                Arguments.of("for signing alone", RSA.jwk("\"key_ops\":[\"sign\"],"), "no key that can be used"),
                Arguments.of("for another algorithm", RSA.jwk("\"alg\":\"RSA-OAEP\","), "no key that can be used"),
                Arguments.of("too small", small.pem(), "no key that can be used"),
                Arguments.of("a secret that is none", secret, "no key that can be used"),
                Arguments.of("of an unknown curve", TestKey.jwks(foreign.jwk().replace("P-256", "P-666")), "no key"),
                Arguments.of("a set of none", "{\"keys\":[]}", "no key that can be used"),
                Arguments.of("a set that is no list", "{\"keys\":7}", "no list"),
                Arguments.of("no JSON", "{keys}", "no JWK"),
                Arguments.of(
                        "private",
                        TestKey.pem("PRIVATE KEY", RSA.pair().getPrivate().getEncoded()),
                        "PRIVATE KEY"),
                Arguments.of("broken", TestKey.pem("PUBLIC KEY", new byte[20]), "PUBLIC KEY that cannot be read"),
                Arguments.of("a certificate that is none", TestKey.pem("CERTIFICATE", new byte[20]), "cannot be read"),
                Arguments.of("without an end", RSA.pem().substring(0, 100), "without a block"),
                Arguments.of("words", "what key?", "neither PEM nor JWK"));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("does not start with a key that cannot be used, and says why")
    @MethodSource("unusable")
    void refusesKeys(String what, String keys, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestVerifier.ofKeys(keys))
                .withMessageContaining("mp.jwt.verify.publickey")
                .withMessageContaining(reason);
    }

    @Test
    @DisplayName("passes over what it does not know in a set of keys")
    void passesOver() {
        String set = TestKey.jwks(
                "{\"kty\":\"new\"}",
                "7",
                "null",
                RSA.jwk("\"use\":\"enc\",").replace("r1", "r0"),
                P256.jwk().replace("P-256", "P-666"),
                RSA.jwk());

        assertThat(TestVerifier.ofKeys(set).verify(new TestToken().signed("RS256", RSA)))
                .isInstanceOf(Identity.class);
    }

    @Test
    @DisplayName("never takes a secret from a set of keys, which others can read")
    void takesNoSecretFromASet() {
        String secret = "{\"kty\":\"oct\",\"kid\":\"s\",\"k\":\"" + TestKey.encoded(SECRET) + "\"}";
        TokenVerifier verifier = TestVerifier.ofKeys(TestKey.jwks(secret, RSA.jwk()));

        assertThat(verifier.verify(new TestToken().header("kid", "\"s\"").signed(SECRET)))
                .isEqualTo(TokenRefusal.WRONG_ALGORITHM);
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("finds the key of a token whether or not either of them has an id")
    @CsvSource({
        "both the same,      r1, r1, true",
        "both and another,   r1, r2, false",
        "the key alone,      r1,   , true",
        "the token alone,      , r1, true",
        "neither,              ,   , true",
    })
    void findsKeys(String what, String ofKey, String ofToken, boolean found) {
        TokenVerifier verifier = TestVerifier.ofKeys(
                TestKey.jwks(OTHER_RSA.jwk("\"alg\":\"PS256\","), new TestKey(ofKey, RSA.pair()).jwk()));

        Verification verification = verifier.verify(new TestToken().signed("RS256", new TestKey(ofToken, RSA.pair())));

        assertThat(verification instanceof Identity).isEqualTo(found);
        assertThat(verification).isNotEqualTo(TokenRefusal.BAD_SIGNATURE);
    }

    @Test
    @DisplayName("tries every key that may be the one of a token without id")
    void triesEveryKey() {
        TokenVerifier verifier = TestVerifier.ofKeys(TestKey.jwks(OTHER_RSA.jwk(), RSA.jwk()));

        assertThat(verifier.verify(new TestToken().signed("RS256", new TestKey(null, RSA.pair()))))
                .isInstanceOf(Identity.class);
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("accepts no other algorithms than are allowed")
    @ValueSource(strings = {"observatory.auth.algorithms", "mp.jwt.verify.publickey.algorithm"})
    void allowsAlgorithms(String setting) {
        TokenVerifier verifier = TestVerifier.of(new TestConfig()
                .with("mp.jwt.verify.publickey", TestKey.jwks(RSA.jwk(), P256.jwk()))
                .with(setting, "PS256, ES256"));

        assertThat(verifier.verify(new TestToken().signed("ES256", P256))).isInstanceOf(Identity.class);
        assertThat(verifier.verify(new TestToken().signed("PS256", RSA))).isInstanceOf(Identity.class);
        assertThat(verifier.verify(new TestToken().signed("RS256", RSA))).isEqualTo(TokenRefusal.WRONG_ALGORITHM);
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("accepts the types that JWTs have")
    @ValueSource(strings = {"JWT", "jwt", "at+jwt", "application/at+JWT"})
    void acceptsTypes(String type) {
        assertThat(verify(new TestToken().header("typ", "\"" + type + "\""))).isInstanceOf(Identity.class);
        assertThat(verify(new TestToken().header("typ", null))).isInstanceOf(Identity.class);
    }

    @Test
    @DisplayName("ignores what a header says of where its key is")
    void ignoresHints() {
        TestToken token = new TestToken()
                .header("jku", "\"http://127.0.0.1:1/keys\"")
                .header("x5u", "\"http://127.0.0.1:1/certificate\"")
                .header("jwk", OTHER_RSA.jwk());

        assertThat(verify(token)).isInstanceOf(Identity.class);
    }

    private static Verification verify(TestToken token) {
        return TestVerifier.ofKeys(TestKey.jwks(RSA.jwk())).verify(token.signed("RS256", RSA));
    }

    static Stream<Arguments> accepted() {
        long now = NOW.getEpochSecond();
        return Stream.of(
                Arguments.of("expired within the leeway", new TestToken().claim("exp", Long.toString(now - 29))),
                Arguments.of("an expiry with a fraction", new TestToken().claim("exp", (now - 29) + ".5")),
                Arguments.of("an expiry in powers of ten", new TestToken().claim("exp", "3e9")),
                Arguments.of("valid within the leeway", new TestToken().claim("nbf", Long.toString(now + 30))),
                Arguments.of("several audiences", new TestToken().claim("aud", "[\"account\",\"observatory\"]")));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("accepts what is just right")
    @MethodSource("accepted")
    void acceptsWhatIsJustRight(String what, TestToken token) {
        assertThat(verify(token)).isInstanceOf(Identity.class);
    }

    @Test
    @DisplayName("accepts tokens without expiry when it is told so")
    void needsNoExpiry() {
        TokenVerifier verifier = TestVerifier.of(new TestConfig()
                .with("observatory.auth.secret", SECRET)
                .with("observatory.auth.require-expiry", "false"));

        assertThat(verifier.verify(new TestToken().claim("exp", null).signed(SECRET)))
                .isInstanceOfSatisfying(
                        Identity.class,
                        identity -> assertThat(identity.expiry()).isEmpty());
        assertThat(verifier.verify(new TestToken().claim("exp", "1").signed(SECRET)))
                .isEqualTo(TokenRefusal.EXPIRED);
    }

    @Test
    @DisplayName("has the leeway that it is told")
    void hasALeeway() {
        TokenVerifier verifier = TestVerifier.of(
                new TestConfig().with("observatory.auth.secret", SECRET).with("mp.jwt.verify.clock.skew", "0"));
        long now = NOW.getEpochSecond();

        assertThat(verifier.verify(
                        new TestToken().claim("exp", Long.toString(now)).signed(SECRET)))
                .isEqualTo(TokenRefusal.EXPIRED);
        assertThat(verifier.verify(
                        new TestToken().claim("exp", Long.toString(now + 1)).signed(SECRET)))
                .isInstanceOf(Identity.class);
    }

    @Test
    @DisplayName("takes tokens of up to the size that it is told")
    void hasAMaximum() {
        String token = new TestToken().signed(SECRET);
        TestConfig config = new TestConfig().with("observatory.auth.secret", SECRET);

        assertThat(TestVerifier.of(config.with("observatory.auth.max-token-bytes", String.valueOf(token.length())))
                        .verify(token))
                .isInstanceOf(Identity.class);
        assertThat(TestVerifier.of(config.with("observatory.auth.max-token-bytes", String.valueOf(token.length() - 1)))
                        .verify(token))
                .isEqualTo(TokenRefusal.TOO_LONG);
    }

    static Stream<Arguments> identities() {
        return Stream.of(
                Arguments.of(
                        "upn first",
                        new TestToken().claim("upn", "\"a@b.example\"").claim("preferred_username", "\"al\""),
                        "a@b.example",
                        Set.of(Role.READ)),
                Arguments.of(
                        "then preferred_username",
                        new TestToken().claim("upn", "null").claim("preferred_username", "\"al\""),
                        "al",
                        Set.of(Role.READ)),
                Arguments.of("then sub", new TestToken(), "alice", Set.of(Role.READ)),
                Arguments.of(
                        "roles by scope",
                        new TestToken().claim("groups", null).claim("scope", "\"openid read publish\""),
                        "alice",
                        Set.of(Role.READ, Role.PUBLISH)),
                Arguments.of(
                        "roles by both",
                        new TestToken().claim("scope", "\"publish\""),
                        "alice",
                        Set.of(Role.READ, Role.PUBLISH)),
                Arguments.of(
                        "roles among others",
                        new TestToken().claim("groups", "[\"staff\",\"admin\"]"),
                        "alice",
                        Set.of(Role.ADMIN)),
                Arguments.of(
                        "no role in other letters",
                        new TestToken().claim("groups", "[\"Admin\",\"READ\"]"),
                        "alice",
                        Set.of()),
                Arguments.of("no role at all", new TestToken().claim("groups", null), "alice", Set.of()));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("finds out who it is and which roles they have")
    @MethodSource("identities")
    void findsOutWho(String what, TestToken token, String name, Set<Role> roles) {
        assertThat(verify(token)).isInstanceOfSatisfying(Identity.class, identity -> {
            assertThat(identity.name()).isEqualTo(name);
            assertThat(identity.roles()).isEqualTo(roles);
        });
    }

    @Test
    @DisplayName("reads patterns as a list or as one text, and means everything without any")
    void readsPatterns() {
        Identity free = (Identity) verify(new TestToken());
        Identity narrow = (Identity) verify(
                new TestToken().claim("channels", "[\"alerts\",\"topic:*\"]").claim("projects", "\"shop-* till-1\""));
        Identity shut =
                (Identity) verify(new TestToken().claim("channels", "[]").claim("projects", "\"\""));

        assertThat(List.of(free.channels(), free.projects())).containsOnly(NamePatterns.ANY);
        assertThat(narrow.channels()).isEqualTo(new NamePatterns(List.of("alerts", "topic:*")));
        assertThat(narrow.projects()).isEqualTo(new NamePatterns(List.of("shop-*", "till-1")));
        assertThat(List.of(shut.channels(), shut.projects())).containsOnly(new NamePatterns(List.of()));
    }

    @Test
    @DisplayName("is not there without a key")
    void isNotThereWithoutAKey() {
        assertThat(TokenVerifier.from(new TestConfig(), TestToken.CLOCK, TestVerifier.NOBODY))
                .isEqualTo(Optional.empty());
    }

    @Test
    @DisplayName("refuses with words that fit into a header and into JSON as they are")
    void refusesInPlainWords() {
        assertThat(TokenRefusal.values())
                .allSatisfy(refusal -> assertThat(refusal.description()).matches("[ !#-\\[\\]-~]+"));
    }
}
