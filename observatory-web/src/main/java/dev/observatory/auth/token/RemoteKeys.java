package dev.observatory.auth.token;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetParseException;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource.OutageEvent;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.jwk.source.RefreshAheadCachingJWKSetSource;
import com.nimbusds.jose.jwk.source.RetryingJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.events.Event;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * Keys of a server, kept for a while, fetched anew in the background before that is over, and once more at once when a
 * token was signed with none of them, though not as often as somebody likes to make such tokens up. While the server is
 * away, the last keys go on. Thread-safe.
 */
final class RemoteKeys implements TokenKeys {

    private static final Logger LOG = System.getLogger(RemoteKeys.class.getName());

    /** A set, and what was made of it. */
    private record Converted(JWKSet set, List<VerificationKey> keys) {}

    private final URI uri;
    private final Download download;
    private final JWKSetSource<SecurityContext> source;

    /** Of the set that was asked for last, so that not every token has all keys made again; null before the first. */
    private volatile Converted converted;

    RemoteKeys(URI uri, JwksSettings settings, Executor background) {
        this.uri = uri;
        download = new Download(settings.timeout(), settings.maxBytes());
        source = new RefreshAheadCachingJWKSetSource<>(
                limited(settings),
                settings.refresh().toMillis(),
                settings.longestFetch().toMillis(),
                settings.refreshAhead().toMillis(),
                new BackgroundFetches(background),
                false,
                null,
                null,
                false);
    }

    /** As {@code JWKSourceBuilder} does it, which hides the set: only with that can the two kinds of failure be told apart. */
    private JWKSetSource<SecurityContext> limited(JwksSettings settings) {
        return new RateLimitedJWKSetSource<>(
                new OutageTolerantJWKSetSource<>(
                        new RetryingJWKSetSource<>(new Fetched(), null),
                        settings.outage().toMillis(),
                        this::complain),
                settings.minInterval().toMillis(),
                null);
    }

    @Override
    public List<VerificationKey> find(Predicate<VerificationKey> condition) throws KeysUnavailableException {
        JWKSet known = known();
        List<VerificationKey> found = select(known, condition);
        return found.isEmpty() ? select(newerThan(known), condition) : found;
    }

    private JWKSet known() throws KeysUnavailableException {
        try {
            return source.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), System.currentTimeMillis(), null);
        } catch (RateLimitReachedException e) {
            // what went wrong before was told then
            throw new KeysUnavailableException(e);
        } catch (KeySourceException e) {
            LOG.log(Level.WARNING, "there are no keys for tokens: {0} ({1})", uri.getHost(), e.getMessage());
            throw new KeysUnavailableException(e);
        }
    }

    private JWKSet newerThan(JWKSet known) {
        try {
            return source.getJWKSet(
                    JWKSetCacheRefreshEvaluator.referenceComparison(known), System.currentTimeMillis(), null);
        } catch (KeySourceException e) {
            // there are keys; that there are no newer ones now is all that this means
            return known;
        }
    }

    private List<VerificationKey> select(JWKSet set, Predicate<VerificationKey> condition) {
        Converted last = converted;
        if (last == null || last.set() != set) {
            last = new Converted(set, TokenKeys.usable(set.getKeys()));
            converted = last;
        }
        return last.keys().stream().filter(condition).toList();
    }

    private void complain(Event<OutageTolerantJWKSetSource<SecurityContext>, SecurityContext> event) {
        if (event instanceof OutageEvent<SecurityContext> outage) {
            LOG.log(
                    Level.WARNING,
                    "the keys for tokens cannot be fetched from {0} ({1}); those that are known go on for {2} at most",
                    uri.getHost(),
                    outage.getException().getMessage(),
                    Duration.ofMillis(outage.getRemainingTime()));
        }
    }

    /** The innermost source: fetches each time that it is asked. */
    private final class Fetched implements JWKSetSource<SecurityContext> {

        @Override
        public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, SecurityContext context)
                throws KeySourceException {
            String text;
            try {
                text = download.text(uri);
            } catch (IOException e) {
                throw new JWKSetRetrievalException(e.getMessage(), e);
            }
            try {
                return new JWKSet(KeyText.read(text));
            } catch (IOException e) {
                throw new JWKSetParseException(e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
