package dev.observatory.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The settings of tokens")
class TokenSettingsTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String URL = "https://id.example/keys";

    private static TestConfig config() {
        return new TestConfig();
    }

    private static TestConfig located(String location) {
        return config().with("mp.jwt.verify.publickey.location", location);
    }

    private static TestConfig secret(String secret) {
        return config().with("observatory.auth.secret", secret);
    }

    private static TokenSettings read(TestConfig config) {
        return TokenSettings.from(config).orElseThrow();
    }

    @Test
    @DisplayName("have defaults for all but the key")
    void haveDefaults() {
        TokenSettings settings = read(secret(SECRET));

        assertThat(settings.algorithms()).containsOnly(TokenAlgorithm.HS256);
        assertThat(settings.issuer()).isEmpty();
        assertThat(settings.audiences()).isEmpty();
        assertThat(settings.leeway()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.requireExpiry()).isTrue();
        assertThat(settings.maxTokenBytes()).isEqualTo(8192);
        assertThat(settings.jwks().refresh()).isEqualTo(Duration.ofMinutes(5));
        assertThat(read(located(URL)).algorithms())
                .contains(TokenAlgorithm.RS256, TokenAlgorithm.ES512, TokenAlgorithm.ED25519)
                .doesNotContain(TokenAlgorithm.HS256);
    }

    @Test
    @DisplayName("are none without a key")
    void areNoneWithoutAKey() {
        assertThat(TokenSettings.from(config())).isEmpty();
        assertThat(TokenSettings.from(secret("  "))).isEmpty();
    }

    @Test
    @DisplayName("are read by the names of MicroProfile JWT")
    void areRead() {
        TokenSettings settings = read(located(URL)
                .with("mp.jwt.verify.issuer", "https://id.example")
                .with("mp.jwt.verify.audiences", "a, b")
                .with("mp.jwt.verify.clock.skew", "5")
                .with("mp.jwt.verify.publickey.algorithm", "ES256"));

        assertThat(settings.issuer()).contains("https://id.example");
        assertThat(settings.audiences()).containsOnly("a", "b");
        assertThat(settings.leeway()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.algorithms()).containsOnly(TokenAlgorithm.ES256);
        assertThat(settings.keys()).isEqualTo(new KeyPlace.Remote(URI.create(URL)));
    }

    static Stream<Arguments> places() {
        return Stream.of(
                Arguments.of("/etc/keys.json", new KeyPlace.File(Path.of("/etc/keys.json"))),
                Arguments.of("keys.pem", new KeyPlace.File(Path.of("keys.pem"))),
                Arguments.of("~/keys.pem", new KeyPlace.File(Path.of("/home/me/keys.pem"))),
                Arguments.of("file:///etc/keys.json", new KeyPlace.File(Path.of("/etc/keys.json"))),
                Arguments.of("file:/etc/keys.json", new KeyPlace.File(Path.of("/etc/keys.json"))),
                Arguments.of(
                        "http://localhost:1/keys?a=b", new KeyPlace.Remote(URI.create("http://localhost:1/keys?a=b"))),
                Arguments.of(URL, new KeyPlace.Remote(URI.create(URL))));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("know files and URLs as places of keys")
    @MethodSource("places")
    void knowPlaces(String location, KeyPlace place) {
        assertThat(KeyPlace.at(location, "/home/me")).isEqualTo(place);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(
                        "a secret and a place",
                        located(URL).with("observatory.auth.secret", SECRET),
                        "observatory.auth.secret and mp.jwt.verify.publickey.location"),
                Arguments.of(
                        "a key and a place",
                        located(URL).with("mp.jwt.verify.publickey", "x"),
                        "mp.jwt.verify.publickey and mp.jwt.verify.publickey.location"),
                Arguments.of(
                        "an issuer without key",
                        config().with("mp.jwt.verify.issuer", "x"),
                        "mp.jwt.verify.issuer is set, but no key"),
                Arguments.of("a short secret", secret(SECRET.substring(1)), "has 31 bytes"),
                Arguments.of(
                        "a key as secret", secret(TestKey.ec("e", "secp256r1").pem()), "mp.jwt.verify.publickey"),
                Arguments.of(
                        "a JWK as secret", secret(TestKey.ec("e", "secp256r1").jwk()), "mp.jwt.verify.publickey"),
                Arguments.of(
                        "none", located(URL).with("observatory.auth.algorithms", "RS256,none"), "have to be signed"),
                Arguments.of("None", located(URL).with("observatory.auth.algorithms", "None"), "have to be signed"),
                Arguments.of(
                        "an unknown algorithm",
                        located(URL).with("observatory.auth.algorithms", "RS257"),
                        "\"RS257\", which is none of HS256"),
                Arguments.of(
                        "no algorithm", located(URL).with("observatory.auth.algorithms", ","), "names no algorithm"),
                Arguments.of(
                        "algorithms of two kinds",
                        located(URL).with("observatory.auth.algorithms", "HS256,RS256"),
                        "cannot go together"),
                Arguments.of(
                        "algorithms of two kinds with a secret",
                        secret(SECRET).with("observatory.auth.algorithms", "HS256,RS256"),
                        "cannot go together"),
                Arguments.of(
                        "HS256 without secret",
                        located(URL).with("observatory.auth.algorithms", "HS256"),
                        "not for such a key"),
                Arguments.of(
                        "RS256 with a secret",
                        secret(SECRET).with("mp.jwt.verify.publickey.algorithm", "RS256"),
                        "not for such a key"),
                Arguments.of(
                        "algorithms twice",
                        located(URL)
                                .with("observatory.auth.algorithms", "RS256")
                                .with("mp.jwt.verify.publickey.algorithm", "RS256"),
                        "only one of them"),
                Arguments.of("a place of another kind", located("classpath:key.pem"), "neither a file nor a URL"),
                Arguments.of("a URL without host", located("https:///keys"), "no host"),
                Arguments.of("a URL with a user", located("https://me:secret@id.example/keys"), "or a user"),
                Arguments.of("a URL with a space", located("https://id.example/a b"), "no URL that can be read"),
                Arguments.of("a file on another host", located("file://host/keys"), "no path"),
                Arguments.of("nobody as audience", located(URL).with("mp.jwt.verify.audiences", ","), "names nobody"),
                Arguments.of(
                        "a leeway that is no number",
                        secret(SECRET).with("mp.jwt.verify.clock.skew", "PT30S"),
                        "mp.jwt.verify.clock.skew is \"PT30S\""),
                Arguments.of(
                        "a negative leeway",
                        secret(SECRET).with("mp.jwt.verify.clock.skew", "-1"),
                        "mp.jwt.verify.clock.skew"),
                Arguments.of(
                        "neither true nor false",
                        secret(SECRET).with("observatory.auth.require-expiry", "ture"),
                        "true or false"),
                Arguments.of(
                        "no room for a token",
                        secret(SECRET).with("observatory.auth.max-token-bytes", "0"),
                        "observatory.auth.max-token-bytes"),
                Arguments.of(
                        "keys never fetched again",
                        located(URL).with("observatory.auth.jwks.refresh", "PT0S"),
                        "observatory.auth.jwks.refresh"),
                Arguments.of(
                        "fetched faster than answered",
                        located(URL).with("observatory.auth.jwks.timeout", "PT2M"),
                        "observatory.auth.jwks.refresh"),
                Arguments.of(
                        "no time to answer",
                        located(URL).with("observatory.auth.jwks.timeout", "PT0S"),
                        "observatory.auth.jwks.timeout"),
                Arguments.of(
                        "no limit of fetching",
                        located(URL).with("observatory.auth.jwks.min-interval", "PT0S"),
                        "observatory.auth.jwks.min-interval"),
                Arguments.of(
                        "no room for keys",
                        located(URL).with("observatory.auth.jwks.max-bytes", "0"),
                        "observatory.auth.jwks.max-bytes"),
                Arguments.of(
                        "a negative outage",
                        located(URL).with("observatory.auth.jwks.outage", "-PT1S"),
                        "observatory.auth.jwks.outage"));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("are refused when they are wrong, and say which")
    @MethodSource("wrong")
    void areRefused(String what, TestConfig config, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenSettings.from(config))
                .withMessageContaining(message)
                .satisfies(
                        refusal -> assertThat(refusal.getMessage()).doesNotContain(SECRET.substring(1), "me:secret"));
    }

    @Test
    @DisplayName("do not show the secret")
    void hideTheSecret() {
        assertThat(read(secret(SECRET)).toString()).doesNotContain(SECRET);
    }

    @Test
    @DisplayName("warn of what is allowed and not wise")
    void warn() {
        TestConfig careful = located(URL).with("mp.jwt.verify.audiences", "observatory");

        assertThat(read(careful).warnings()).isEmpty();
        assertThat(read(secret(SECRET)).warnings()).isEmpty();
        assertThat(read(located(URL)).warnings()).singleElement().asString().contains("mp.jwt.verify.audiences");
        assertThat(read(careful.with("mp.jwt.verify.publickey.location", "http://id.example/keys"))
                        .warnings())
                .singleElement()
                .asString()
                .contains("http and not https");
        assertThat(read(careful.with("mp.jwt.verify.publickey.location", "http://127.0.0.1/keys"))
                        .warnings())
                .isEmpty();
    }

    @Test
    @DisplayName("have the keys of a set fetched before they are too old")
    void fetchInTime() {
        JwksSettings jwks = read(located(URL)).jwks();

        assertThat(jwks.refreshAhead().plus(jwks.longestFetch())).isLessThan(jwks.refresh());
    }
}
