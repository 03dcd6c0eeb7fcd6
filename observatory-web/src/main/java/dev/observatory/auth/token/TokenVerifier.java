package dev.observatory.auth.token;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.config.Config;

/**
 * Finds out whose a bearer token is. The allow-list and the key decide with which algorithm it must have been signed, and
 * nothing in a token is used to find a key but its id. Thread-safe.
 */
public final class TokenVerifier {

    private static final Logger LOG = System.getLogger(TokenVerifier.class.getName());

    private final Set<TokenAlgorithm> algorithms;
    private final int maxBytes;
    private final TokenKeys keys;
    private final IdentityReader reader;
    private final Duration leeway;

    TokenVerifier(TokenSettings settings, TokenKeys keys, Clock clock) {
        this.keys = keys;
        algorithms = settings.algorithms();
        maxBytes = settings.maxTokenBytes();
        reader = new IdentityReader(settings, clock);
        leeway = settings.leeway();
    }

    /**
     * The verifier for the tokens that are configured. Keys of a server are fetched when the first token needs them, so
     * that this one starts without that one.
     *
     * @param background fetches keys of a server in the background
     * @return empty when no key is configured, so that no token can be accepted
     * @throws IllegalArgumentException when the settings are wrong, or a key cannot be read or used; the message names
     *     the setting, and never the secret
     * @throws java.util.NoSuchElementException when a setting is missing
     */
    public static Optional<TokenVerifier> from(Config config, Clock clock, Executor background) {
        return TokenSettings.from(config).map(settings -> of(settings, clock, background));
    }

    static TokenVerifier of(TokenSettings settings, Clock clock, Executor background) {
        TokenKeys keys = keys(settings, clock, background);
        settings.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
        return new TokenVerifier(settings, keys, clock);
    }

    private static TokenKeys keys(TokenSettings settings, Clock clock, Executor background) {
        KeyPlace place = settings.keys();
        if (place instanceof KeyPlace.Secret secret) {
            return new FixedKeys(List.of(VerificationKey.of(secret.key())));
        }
        if (place instanceof KeyPlace.Remote remote) {
            return new RemoteKeys(remote.uri(), settings.jwks(), background);
        }
        try {
            TokenKeys keys = place instanceof KeyPlace.File file
                    ? new FileKeys(file.path(), settings.jwks().maxBytes(), clock)
                    : new FixedKeys(TokenKeys.usable(KeyText.read(((KeyPlace.Text) place).text())));
            return checked(keys, settings.algorithms());
        } catch (IOException | KeysUnavailableException e) {
            throw new IllegalArgumentException(place.setting() + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static TokenKeys checked(TokenKeys keys, Set<TokenAlgorithm> algorithms)
            throws IOException, KeysUnavailableException {
        if (keys.find(key -> algorithms.stream().anyMatch(key.algorithms()::contains))
                .isEmpty()) {
            throw new IOException("there is no key that can be used with an allowed algorithm");
        }
        return keys;
    }

    /**
     * Whose token it is, or why it is refused. May take as long as fetching keys does, so no thread that others wait for
     * should ask.
     *
     * @param token a JWT in compact form, without {@code Bearer} before it
     */
    public Verification verify(String token) {
        try {
            return identity(token);
        } catch (RefusedTokenException e) {
            return e.refusal();
        } catch (KeysUnavailableException e) {
            return TokenRefusal.KEYS_UNAVAILABLE;
        }
    }

    /** For how long after its {@code exp} a token is still good, because clocks differ. */
    public Duration leeway() {
        return leeway;
    }

    private Identity identity(String text) throws RefusedTokenException, KeysUnavailableException {
        if (text.length() > maxBytes) {
            throw new RefusedTokenException(TokenRefusal.TOO_LONG);
        }
        SignedToken token = SignedToken.read(text);
        TokenAlgorithm algorithm = TokenAlgorithm.named(token.algorithm())
                .filter(algorithms::contains)
                .orElseThrow(() -> new RefusedTokenException(TokenRefusal.WRONG_ALGORITHM));
        List<VerificationKey> candidates = keys.find(key -> key.mayHaveSigned(algorithm, token.keyId()));
        if (candidates.isEmpty()) {
            throw new RefusedTokenException(TokenRefusal.UNKNOWN_KEY);
        }
        if (candidates.stream().noneMatch(key -> key.verifies(algorithm, token))) {
            throw new RefusedTokenException(TokenRefusal.BAD_SIGNATURE);
        }
        return reader.read(token.claims());
    }
}
