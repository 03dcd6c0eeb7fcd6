package dev.observatory.auth.token;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads who it is from the claims of a token whose signature is right (RFC 7519, RFC 8693, MicroProfile JWT). What has
 * not the type that it should have is refused and never passed over: it might have been a restriction. Thread-safe.
 */
final class IdentityReader {

    private static final List<String> NAMES = List.of("upn", "preferred_username", "sub");

    /** The end of the year 9999: what is later is no time, and adding to it would overflow. */
    private static final long LATEST_SECOND = 253_402_300_799L;

    private final TokenSettings settings;
    private final Clock clock;

    IdentityReader(TokenSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    Identity read(Map<String, Object> claims) throws RefusedTokenException {
        checkOrigin(claims);
        Optional<Instant> expiry = time(claims, "exp");
        checkTime(expiry, time(claims, "nbf"));
        return new Identity(
                name(claims),
                roles(claims),
                patterns(claims, "channels", TokenRefusal.BAD_CHANNELS),
                patterns(claims, "projects", TokenRefusal.BAD_PROJECTS),
                expiry);
    }

    private void checkOrigin(Map<String, Object> claims) throws RefusedTokenException {
        if (settings.issuer().isPresent() && !settings.issuer().get().equals(claims.get("iss"))) {
            throw new RefusedTokenException(TokenRefusal.WRONG_ISSUER);
        }
        Set<String> expected = settings.audiences();
        if (!expected.isEmpty() && audiences(claims.get("aud")).noneMatch(expected::contains)) {
            throw new RefusedTokenException(TokenRefusal.WRONG_AUDIENCE);
        }
    }

    private static Stream<?> audiences(Object claim) {
        return claim instanceof List<?> list ? list.stream().filter(Objects::nonNull) : Stream.ofNullable(claim);
    }

    private void checkTime(Optional<Instant> expiry, Optional<Instant> notBefore) throws RefusedTokenException {
        if (expiry.isEmpty() && settings.requireExpiry()) {
            throw new RefusedTokenException(TokenRefusal.NO_EXPIRY);
        }
        Instant now = clock.instant();
        if (expiry.isPresent() && !now.isBefore(expiry.get().plus(settings.leeway()))) {
            throw new RefusedTokenException(TokenRefusal.EXPIRED);
        }
        if (notBefore.isPresent() && now.isBefore(notBefore.get().minus(settings.leeway()))) {
            throw new RefusedTokenException(TokenRefusal.NOT_YET_VALID);
        }
    }

    private static Optional<Instant> time(Map<String, Object> claims, String name) throws RefusedTokenException {
        Object value = claims.get(name);
        if (value == null && !claims.containsKey(name)) {
            return Optional.empty();
        }
        if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= LATEST_SECOND) {
            // to the millisecond, which is more than anybody writes
            return Optional.of(
                    number instanceof Long seconds
                            ? Instant.ofEpochSecond(seconds)
                            : Instant.ofEpochMilli((long) (number.doubleValue() * 1000)));
        }
        throw new RefusedTokenException(TokenRefusal.BAD_TIME);
    }

    private static String name(Map<String, Object> claims) throws RefusedTokenException {
        Optional<Object> claim =
                NAMES.stream().map(claims::get).filter(Objects::nonNull).findFirst();
        if (claim.isPresent() && claim.get() instanceof String name && Identity.isName(name)) {
            return name;
        }
        throw new RefusedTokenException(TokenRefusal.BAD_NAME);
    }

    private static Set<Role> roles(Map<String, Object> claims) throws RefusedTokenException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String claim : List.of("groups", "scope")) {
            words(claims, claim, TokenRefusal.BAD_ROLES).orElse(List.of()).stream()
                    .map(Role::named)
                    .flatMap(Optional::stream)
                    .forEach(roles::add);
        }
        return roles;
    }

    private static NamePatterns patterns(Map<String, Object> claims, String claim, TokenRefusal refusal)
            throws RefusedTokenException {
        Optional<List<String>> patterns = words(claims, claim, refusal);
        try {
            return patterns.isPresent() ? new NamePatterns(patterns.get()) : NamePatterns.ANY;
        } catch (IllegalArgumentException e) {
            throw new RefusedTokenException(refusal);
        }
    }

    /** A list of words, or one text with spaces between them, as {@code scope} is; empty when there is no such claim. */
    private static Optional<List<String>> words(Map<String, Object> claims, String claim, TokenRefusal refusal)
            throws RefusedTokenException {
        if (!claims.containsKey(claim)) {
            return Optional.empty();
        }
        Object value = claims.get(claim);
        if (value instanceof String text) {
            return Optional.of(Arrays.stream(text.split(" "))
                    .filter(word -> !word.isEmpty())
                    .toList());
        }
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return Optional.of(list.stream().map(String.class::cast).toList());
        }
        throw new RefusedTokenException(refusal);
    }
}
