package dev.observatory.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Keys of a server")
@Timeout(60)
class RemoteKeysTest {

    private static final TestKey OLD = TestKey.ec("old", "secp256r1");
    private static final TestKey NEW = TestKey.ec("new", "secp256r1");

    /** Hours, so that nothing happens by itself. */
    private static final String NEVER = "PT9H";

    private final ExecutorService refresher = Executors.newSingleThreadExecutor();

    private KeyServer server;

    @BeforeEach
    void start() throws IOException {
        server = new KeyServer(TestKey.jwks(OLD.jwk()));
    }

    @AfterEach
    void stop() {
        server.close();
        refresher.shutdownNow();
    }

    private TestConfig config() {
        return new TestConfig()
                .with("mp.jwt.verify.publickey.location", server.url())
                .with("observatory.auth.jwks.refresh", NEVER)
                .with("observatory.auth.jwks.min-interval", "PT0.001S")
                .with("observatory.auth.jwks.timeout", "PT5S");
    }

    /** With keys that are old after half a second. */
    private TestConfig shortLived() {
        return config().with("observatory.auth.jwks.refresh", "PT0.5S").with("observatory.auth.jwks.timeout", "PT0.1S");
    }

    private TokenVerifier verifier(TestConfig config) {
        return TokenVerifier.from(config, TestToken.CLOCK, refresher).orElseThrow();
    }

    private static Verification verify(TokenVerifier verifier, TestKey key) {
        return verifier.verify(new TestToken().signed("ES256", key));
    }

    @Test
    @DisplayName("are fetched when the first token comes, and then are there")
    void areFetchedOnce() {
        TokenVerifier verifier = verifier(config());
        assertThat(server.requests()).isZero();

        for (int i = 0; i < 50; i++) {
            assertThat(verify(verifier, OLD)).isInstanceOf(Identity.class);
        }

        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    @DisplayName("may be PEM")
    void mayBePem() {
        server.gives(OLD.pem());

        assertThat(verify(verifier(config()), OLD)).isInstanceOf(Identity.class);
    }

    @Test
    @DisplayName("are fetched again at once for a token of a new one")
    void areFetchedForANewOne() {
        TokenVerifier verifier = verifier(config());
        assertThat(verify(verifier, OLD)).isInstanceOf(Identity.class);

        server.gives(TestKey.jwks(NEW.jwk()));

        await().untilAsserted(() -> assertThat(verify(verifier, NEW)).isInstanceOf(Identity.class));
        assertThat(verify(verifier, OLD)).isEqualTo(TokenRefusal.UNKNOWN_KEY);
    }

    @Test
    @DisplayName("are not fetched for every token that somebody makes up")
    void areNotFetchedForAll() {
        TokenVerifier verifier = verifier(config().with("observatory.auth.jwks.min-interval", "PT8H"));

        for (int i = 0; i < 100; i++) {
            assertThat(verify(verifier, new TestKey("made-up-" + i, NEW.pair())))
                    .isEqualTo(TokenRefusal.UNKNOWN_KEY);
        }

        assertThat(server.requests()).isLessThanOrEqualTo(2);
        assertThat(verify(verifier, OLD)).isInstanceOf(Identity.class);
    }

    @Test
    @DisplayName("are fetched again in time, so that a withdrawn one does not live on")
    void areFetchedAgain() {
        TokenVerifier verifier = verifier(shortLived().with("observatory.auth.jwks.timeout", "PT0.125S"));
        assertThat(verify(verifier, OLD)).isInstanceOf(Identity.class);

        server.gives(TestKey.jwks(NEW.jwk()));

        await().untilAsserted(() -> assertThat(verify(verifier, OLD)).isEqualTo(TokenRefusal.UNKNOWN_KEY));
    }

    @Test
    @DisplayName("are fetched again in the background, while tokens are verified with those that are there")
    void areFetchedInTheBackground() {
        Queue<Runnable> background = new ConcurrentLinkedQueue<>();
        TestConfig config =
                config().with("observatory.auth.jwks.refresh", "PT2S").with("observatory.auth.jwks.timeout", "PT0.5S");
        TokenVerifier verifier =
                TokenVerifier.from(config, TestToken.CLOCK, background::add).orElseThrow();

        // half a second before they are too old; a machine that misses that gets another chance two seconds later
        await().until(() -> {
            assertThat(verify(verifier, OLD)).isInstanceOf(Identity.class);
            return !background.isEmpty();
        });
        int before = server.requests();
        background.remove().run();

        assertThat(server.requests()).isEqualTo(before + 1);
    }

    @Test
    @DisplayName("are fetched all the same when there is nobody to do it in the background")
    void areFetchedWithoutBackground() {
        TokenVerifier verifier = TokenVerifier.from(shortLived(), TestToken.CLOCK, task -> {
                    throw new RejectedExecutionException();
                })
                .orElseThrow();
        await().until(() -> verify(verifier, OLD) instanceof Identity);

        await().until(() -> {
            assertThat(verify(verifier, OLD)).isInstanceOf(Identity.class);
            return server.requests() > 3;
        });
    }

    @Test
    @DisplayName("are fetched once when many tokens come at once")
    void areFetchedForMany() {
        TokenVerifier verifier = verifier(config());

        assertThat(IntStream.range(0, 32).parallel().mapToObj(i -> verify(verifier, OLD)))
                .hasOnlyElementsOfType(Identity.class);

        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    @DisplayName("are not taken when they are larger than there is room for")
    void mustNotBeTooLarge() {
        String keys = TestKey.jwks(OLD.jwk());
        server.gives(keys + " ".repeat(1000));

        TestConfig config = config().with("observatory.auth.jwks.max-bytes", String.valueOf(keys.length() + 999));
        assertThat(verify(verifier(config), OLD)).isEqualTo(TokenRefusal.KEYS_UNAVAILABLE);

        config.with("observatory.auth.jwks.max-bytes", String.valueOf(keys.length() + 1000));
        assertThat(verify(verifier(config), OLD)).isInstanceOf(Identity.class);
    }

    static Stream<Arguments> outages() {
        return Stream.of(
                outage("an error", server -> server.gives(503, "{\"keys\":[]}")),
                outage("a page", server -> server.gives("<html>down for maintenance</html>")),
                outage("nothing", server -> server.gives("")),
                outage("half of it", server -> server.gives("{\"keys\":[{")),
                outage("a place to go to", RemoteKeysTest::redirect),
                outage("the end of the connection", server -> server.answers(exchange -> exchange.close())),
                outage("silence", KeyServer::hangs),
                outage("a space now and then", server -> server.drips(" ", 10)),
                outage("more than there is room for", server -> server.drips(" ".repeat(1 << 20), 0)));
    }

    /** Where it leads there would be keys. */
    private static void redirect(KeyServer server) {
        server.gives(TestKey.jwks(OLD.jwk(), NEW.jwk()));
        server.redirects();
    }

    private interface Outage {
        void of(KeyServer server);
    }

    private static Arguments outage(String what, Outage outage) {
        return Arguments.of(what, outage);
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("go on while all that the server gives is")
    @MethodSource("outages")
    void goOn(String what, Outage outage) {
        TokenVerifier verifier = verifier(shortLived());
        // the first fetch has all the time that a slow machine needs, by being tried again
        await().until(() -> verify(verifier, OLD) instanceof Identity);
        int before = server.requests();

        outage.of(server);

        await().until(() -> {
            assertThat(verify(verifier, OLD)).isInstanceOf(Identity.class);
            return server.requests() > before + 4;
        });
        assertThat(verify(verifier, NEW)).isEqualTo(TokenRefusal.UNKNOWN_KEY);
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("are not there when all that the server has ever given is, until it gives them")
    @MethodSource("outages")
    void areNotThere(String what, Outage outage) {
        outage.of(server);
        TokenVerifier verifier = verifier(config().with("observatory.auth.jwks.timeout", "PT0.2S"));

        assertThat(verify(verifier, OLD)).isEqualTo(TokenRefusal.KEYS_UNAVAILABLE);

        server.gives(TestKey.jwks(OLD.jwk()));
        await().until(() -> verify(verifier, OLD) instanceof Identity);
    }

    @Test
    @DisplayName("go on no longer than an outage may be")
    void endAtLast() {
        TokenVerifier verifier = verifier(shortLived().with("observatory.auth.jwks.outage", "PT1S"));
        await().until(() -> verify(verifier, OLD) instanceof Identity);

        server.gives(503, "");

        await().until(() -> verify(verifier, OLD) == TokenRefusal.KEYS_UNAVAILABLE);
    }

    @Test
    @DisplayName("may all be withdrawn")
    void mayBeWithdrawn() {
        TokenVerifier verifier = verifier(shortLived());
        await().until(() -> verify(verifier, OLD) instanceof Identity);

        server.gives(TestKey.jwks());

        await().until(() -> verify(verifier, OLD) == TokenRefusal.UNKNOWN_KEY);
    }

    @Test
    @DisplayName("are not there when nobody listens, which is no reason not to start")
    void areNotThereWithoutAServer() {
        TestConfig config = config();
        server.close();

        assertThat(verify(verifier(config), OLD)).isEqualTo(TokenRefusal.KEYS_UNAVAILABLE);
    }
}
