package dev.observatory.auth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whose web pages may ask: browsers say of which origin a page is (RFC 6454), and open WebSockets across origins without
 * asking anybody. Immutable.
 */
final class Origins {

    private final Set<String> listed;
    private final Predicate<String> otherwise;

    private Origins(Set<String> listed, Predicate<String> otherwise) {
        this.listed = Set.copyOf(listed);
        this.otherwise = otherwise;
    }

    /**
     * Exactly these.
     *
     * @throws IllegalArgumentException when one is no origin: scheme, host in lower case, and the port unless it is the
     *     scheme's own, as browsers write it
     */
    static Origins of(Set<String> origins) {
        for (String origin : origins) {
            if (!isOrigin(origin)) {
                throw new IllegalArgumentException("\"" + origin
                        + "\" is no origin as browsers write it, such as https://observatory.example"
                        + " or http://localhost:8080");
            }
        }
        return new Origins(origins, origin -> false);
    }

    /** The pages of this machine. */
    static Origins local() {
        return new Origins(Set.of(), LocalAddress::isLocalOrigin);
    }

    /** @param origin null when no page asks */
    boolean allow(String origin) {
        return origin == null || listed.contains(origin) || otherwise.test(origin);
    }

    /** Whether the pages of that origin, which is not this server's own perhaps, may read the answers. */
    boolean isListed(String origin) {
        return origin != null && listed.contains(origin);
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = new URI(text);
            return text.equals(text.toLowerCase(Locale.ROOT))
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getPort() != (uri.getScheme().equals("http") ? 80 : 443);
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
