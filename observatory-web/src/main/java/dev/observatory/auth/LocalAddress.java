package dev.observatory.auth;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/** What counts as this machine. Never asks a name server: only address literals and {@code localhost} do. */
final class LocalAddress {

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

    /** Whatever else looks like an address would be looked up as a name by {@link InetAddress}. */
    private static final Pattern LITERAL =
            Pattern.compile(OCTET + "(\\." + OCTET + "){3}|\\[?(?=[0-9a-fA-F:])[0-9a-fA-F:.]*:[0-9a-fA-F:.]*]?");

    /** As in {@code ::1%lo}: servers give remote addresses with it. */
    private static final Pattern SCOPE = Pattern.compile("%[A-Za-z0-9_.-]+(?=]?$)");

    private LocalAddress() {}

    /** Whether an address literal, with or without the brackets and scope of IPv6, is one of the loopback ones. */
    static boolean isLoopback(String text) {
        String address = text == null ? "" : SCOPE.matcher(text).replaceFirst("");
        if (!LITERAL.matcher(address).matches()) {
            return false;
        }
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Whether a {@code Host} header, with or without port, names this machine. */
    static boolean isLocalHost(String host) {
        return host != null && isLocalOrigin("http://" + host);
    }

    /** Whether an {@code Origin} header names this machine, on whatever port. */
    static boolean isLocalOrigin(String origin) {
        if (origin == null) {
            return false;
        }
        try {
            String host = new URI(origin).getHost();
            return host != null && (host.toLowerCase(Locale.ROOT).equals("localhost") || isLoopback(host));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
