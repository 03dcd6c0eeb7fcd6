package dev.observatory.auth.token;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Where the keys are that tokens are verified with. */
sealed interface KeyPlace {

    /** In the settings, known to both sides. */
    record Secret(SecretKey key) implements KeyPlace {

        /** As many as HS256 has: RFC 7518 forbids fewer. */
        private static final int MIN_BYTES = 32;

        /** @throws IllegalArgumentException when it is too short, or no secret at all */
        static Secret of(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (bytes.length < MIN_BYTES) {
                throw new IllegalArgumentException(TokenSettings.SECRET + " has " + bytes.length
                        + " bytes, but HS256 needs at least " + MIN_BYTES);
            }
            if (Pem.isPem(text) || text.startsWith("{")) {
                throw new IllegalArgumentException(
                        TokenSettings.SECRET + " is a key that others may know; as a public key it belongs into "
                                + TokenSettings.PUBLIC_KEY);
            }
            return new Secret(new SecretKeySpec(bytes, "HmacSHA256"));
        }

        @Override
        public String toString() {
            return "Secret";
        }
    }

    /** In the settings, as PEM or JWK. */
    record Text(String text) implements KeyPlace {}

    record File(Path path) implements KeyPlace {}

    /** On a server; {@code http} or {@code https}. */
    record Remote(URI uri) implements KeyPlace {

        private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

        /** Whether others on the way can change what it answers. */
        boolean isOpenToOthers() {
            return uri.getScheme().equalsIgnoreCase("http") && !LOCAL.contains(uri.getHost());
        }
    }

    /**
     * A file's path, where {@code ~/} stands for the user's own folder, or a URL.
     *
     * @throws IllegalArgumentException when it is neither, or no URL that is known here
     */
    static KeyPlace at(String location, String home) {
        // one letter before the colon is a drive of Windows
        if (!location.matches("[A-Za-z][A-Za-z0-9+-]+:.*")) {
            return file(() -> Path.of(location.startsWith("~/") ? home + location.substring(1) : location));
        }
        URI uri = uri(location);
        return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
            case "file" -> file(() -> Path.of(uri));
            case "http", "https" -> remote(uri);
            default -> throw wrong("neither a file nor a URL of http or https", null);
        };
    }

    private static URI uri(String location) {
        try {
            return new URI(location);
        } catch (URISyntaxException e) {
            // without the text: there may be a password in it
            throw wrong("no URL that can be read: " + e.getReason() + " at " + e.getIndex(), null);
        }
    }

    private static File file(Supplier<Path> path) {
        try {
            return new File(path.get());
        } catch (IllegalArgumentException e) {
            throw wrong("no path of a file", e);
        }
    }

    private static Remote remote(URI uri) {
        if (uri.getHost() == null || uri.getUserInfo() != null) {
            throw wrong("a URL that has no host, or a user", null);
        }
        return new Remote(uri);
    }

    private static IllegalArgumentException wrong(String what, Exception cause) {
        return new IllegalArgumentException(TokenSettings.LOCATION + " is " + what, cause);
    }

    /** The setting that says so. */
    default String setting() {
        if (this instanceof Secret) {
            return TokenSettings.SECRET;
        }
        return this instanceof Text ? TokenSettings.PUBLIC_KEY : TokenSettings.LOCATION;
    }

    /** Whether a key of this place can be one for such an algorithm. */
    default boolean isFor(TokenAlgorithm algorithm) {
        return algorithm.isSymmetric() == this instanceof Secret;
    }
}
