package dev.observatory.auth;

import dev.observatory.auth.token.Identity;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tickets for one handshake each, for clients that cannot send a token with it. What is written into an address ends up
 * in logs; a ticket is worth nothing there, because it was used, or is over. Known to this node alone. Thread-safe.
 */
public final class Tickets {

    /** 256 bits, which nobody guesses. */
    private static final int BYTES = 32;

    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final Duration life;
    private final int max;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** Those that were not used yet, the oldest first. Guarded by this. */
    private final Map<String, Issued> issued = new LinkedHashMap<>();

    private record Issued(Identity identity, Instant expiresAt) {}

    /**
     * A ticket.
     *
     * @param ticket what has to be given
     * @param expiresAt until when
     */
    public record Ticket(String ticket, Instant expiresAt) {}

    /**
     * @param life how long a ticket is good
     * @param max how many of one user there may be at once
     */
    Tickets(Duration life, int max, Clock clock) {
        this.life = life;
        this.max = max;
        this.clock = clock;
    }

    /** A ticket for somebody, who is let in by it with the rights of now; empty when that user has too many. */
    public synchronized Optional<Ticket> issue(Identity identity) {
        Instant now = clock.instant();
        forgetUntil(now);
        if (countOf(identity.name()) >= max) {
            return Optional.empty();
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        Ticket ticket = new Ticket(TEXT.encodeToString(bytes), now.plus(life));
        issued.put(ticket.ticket(), new Issued(identity, ticket.expiresAt()));
        return Optional.of(ticket);
    }

    /** Whose ticket it is, once; empty when it is none, or none any more. */
    synchronized Optional<Identity> redeem(String ticket) {
        Issued found = issued.remove(ticket);
        return found != null && clock.instant().isBefore(found.expiresAt())
                ? Optional.of(found.identity())
                : Optional.empty();
    }

    /** How long it takes at most until there is room again. */
    public Duration life() {
        return life;
    }

    private long countOf(String user) {
        return issued.values().stream()
                .filter(one -> one.identity().name().equals(user))
                .count();
    }

    private void forgetUntil(Instant now) {
        Iterator<Issued> oldest = issued.values().iterator();
        while (oldest.hasNext() && !now.isBefore(oldest.next().expiresAt())) {
            oldest.remove();
        }
    }
}
