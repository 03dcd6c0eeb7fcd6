package dev.observatory.auth;

import dev.observatory.config.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * Who is asked for what.
 *
 * @param origins whose web pages are served; without any it depends on whether tokens are asked for
 * @param publicHealth whether everybody may ask whether the server is well
 * @param ticketLife how long a ticket is good
 * @param maxTickets how many unused ones a user may have
 */
record AccessSettings(Set<String> origins, boolean publicHealth, Duration ticketLife, int maxTickets) {

    private static final String ORIGINS = "observatory.auth.origins";
    private static final String PUBLIC_HEALTH = "observatory.auth.public-health";
    private static final String TICKET_LIFE = "observatory.auth.ticket-life";
    private static final String MAX_TICKETS = "observatory.auth.max-tickets";

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException when one has a value that it cannot have; the message names it
     * @throws java.util.NoSuchElementException when one is missing
     */
    static AccessSettings from(Config config) {
        Settings settings = new Settings(config);
        AccessSettings read = new AccessSettings(
                origins(settings),
                settings.flag(PUBLIC_HEALTH),
                settings.value(TICKET_LIFE, Duration.class),
                settings.value(MAX_TICKETS, Integer.class));
        if (read.ticketLife.isNegative() || read.ticketLife.isZero() || read.maxTickets <= 0) {
            throw new IllegalArgumentException(TICKET_LIFE + " and " + MAX_TICKETS + " have to be above zero");
        }
        return read;
    }

    private static Set<String> origins(Settings settings) {
        String text = settings.value(ORIGINS, String.class).strip();
        Set<String> origins = text.equals("none")
                ? Set.of()
                : Arrays.stream(text.split(",")).map(String::strip).collect(Collectors.toSet());
        try {
            Origins.of(origins);
        } catch (IllegalArgumentException e) {
            throw settings.unreadable(ORIGINS, "a list of origins or none: " + e.getMessage(), e);
        }
        return origins;
    }

    /** @param local whether only this machine is served */
    Origins origins(boolean local) {
        return origins.isEmpty() && local ? Origins.local() : Origins.of(origins);
    }
}
