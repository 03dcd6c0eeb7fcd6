package dev.observatory.auth.token;

import dev.observatory.config.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Which tokens are accepted. Immutable. Names are those of MicroProfile JWT, {@code mp.jwt.verify.*}, where it has one.
 *
 * @param keys where the keys are
 * @param algorithms that are allowed, each of them one that such keys can be for
 * @param issuer that tokens must be from, empty for any
 * @param audiences of which a token must be for one; without any, it may be for anybody
 * @param leeway by how much clocks may differ
 * @param requireExpiry whether a token without {@code exp} is refused
 * @param maxTokenBytes how long a token may be
 * @param jwks how keys are fetched
 */
record TokenSettings(
        KeyPlace keys,
        Set<TokenAlgorithm> algorithms,
        Optional<String> issuer,
        Set<String> audiences,
        Duration leeway,
        boolean requireExpiry,
        int maxTokenBytes,
        JwksSettings jwks) {

    static final String SECRET = "observatory.auth.secret";
    static final String PUBLIC_KEY = "mp.jwt.verify.publickey";
    static final String LOCATION = "mp.jwt.verify.publickey.location";
    static final String KEY_ALGORITHM = "mp.jwt.verify.publickey.algorithm";
    static final String ISSUER = "mp.jwt.verify.issuer";
    static final String AUDIENCES = "mp.jwt.verify.audiences";
    static final String SKEW = "mp.jwt.verify.clock.skew";
    static final String MAX_BYTES = "observatory.auth.max-token-bytes";
    static final String REQUIRE_EXPIRY = "observatory.auth.require-expiry";

    /** MicroProfile JWT has no leeway unless one is set; clocks that differ by seconds are too common for that. */
    private static final int DEFAULT_SKEW_SECONDS = 30;

    TokenSettings {
        algorithms = Set.copyOf(algorithms);
        audiences = Set.copyOf(audiences);
        if (maxTokenBytes <= 0) {
            throw new IllegalArgumentException(MAX_BYTES + " must be positive");
        }
        if (leeway.isNegative()) {
            throw new IllegalArgumentException(SKEW + " must not be negative");
        }
    }

    /**
     * Reads the settings.
     *
     * @return empty when there is no key, so that there are no tokens either
     * @throws IllegalArgumentException when they are wrong; the message names the setting, and never the secret
     * @throws java.util.NoSuchElementException when one is missing
     */
    static Optional<TokenSettings> from(Config config) {
        List<String> given = given(config, SECRET, PUBLIC_KEY, LOCATION);
        if (given.size() > 1) {
            throw new IllegalArgumentException(String.join(" and ", given) + " are set, but only one of them can be");
        }
        if (given.isEmpty()) {
            refuseWithoutKey(config);
            return Optional.empty();
        }
        KeyPlace keys = keys(given.get(0), text(config, given.get(0)).orElseThrow());
        Settings settings = new Settings(config);
        return Optional.of(new TokenSettings(
                keys,
                AllowedAlgorithms.from(settings, keys),
                text(config, ISSUER),
                text(config, AUDIENCES).map(TokenSettings::audiences).orElse(Set.of()),
                Duration.ofSeconds(skew(settings)),
                settings.flag(REQUIRE_EXPIRY),
                settings.value(MAX_BYTES, Integer.class),
                JwksSettings.from(settings)));
    }

    private static void refuseWithoutKey(Config config) {
        List<String> idle = given(config, ISSUER, AUDIENCES, KEY_ALGORITHM);
        if (!idle.isEmpty()) {
            throw new IllegalArgumentException(String.join(" and ", idle) + " is set, but no key: set one of "
                    + LOCATION + ", " + PUBLIC_KEY + " and " + SECRET);
        }
    }

    private static List<String> given(Config config, String... names) {
        return Stream.of(names).filter(name -> text(config, name).isPresent()).toList();
    }

    static Optional<String> text(Config config, String name) {
        return config.getOptionalValue(name, String.class).map(String::strip).filter(text -> !text.isEmpty());
    }

    static Set<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> audiences(String text) {
        Set<String> audiences = list(text);
        if (audiences.isEmpty()) {
            throw new IllegalArgumentException(AUDIENCES + " is \"" + text + "\", which names nobody");
        }
        return audiences;
    }

    private static KeyPlace keys(String name, String value) {
        return switch (name) {
            case SECRET -> KeyPlace.Secret.of(value);
            case PUBLIC_KEY -> new KeyPlace.Text(value);
            default -> KeyPlace.at(value, System.getProperty("user.home"));
        };
    }

    private static int skew(Settings settings) {
        return text(settings.config(), SKEW).isEmpty() ? DEFAULT_SKEW_SECONDS : settings.value(SKEW, Integer.class);
    }

    /** What is allowed and yet not wise, for the log. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!(keys instanceof KeyPlace.Secret) && audiences.isEmpty()) {
            warnings.add(AUDIENCES + " is not set: tokens that were made for other applications are accepted too");
        }
        if (keys instanceof KeyPlace.Remote remote && remote.isOpenToOthers()) {
            warnings.add(LOCATION + " is http and not https: whoever can change the answer can make tokens");
        }
        return warnings;
    }
}
