package dev.observatory.auth;

import dev.observatory.auth.token.Identity;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
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
    private final Duration leeway;
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
     * @param leeway for how long after its end a token is still good
     */
    Tickets(Duration life, int max, Duration leeway, Clock clock) {
        this.life = life;
        this.max = max;
        this.leeway = leeway;
        this.clock = clock;
    }

    /**
     * A ticket for somebody, who is let in by it with the rights of now, but not for longer than the token is good. The
     * oldest of a user with too many are void.
     */
    public synchronized Ticket issue(Identity identity) {
        Instant now = clock.instant();
        issued.values().removeIf(one -> !now.isBefore(one.expiresAt()));
        voidOldest(identity.name());
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        Instant end = now.plus(life);
        Instant expiresAt = identity.expiry()
                .map(expiry -> expiry.plus(leeway))
                .filter(end::isAfter)
                .orElse(end);
        Ticket ticket = new Ticket(TEXT.encodeToString(bytes), expiresAt);
        issued.put(ticket.ticket(), new Issued(identity, expiresAt));
        return ticket;
    }

    private void voidOldest(String user) {
        List<String> held = issued.entrySet().stream()
                .filter(one -> one.getValue().identity().name().equals(user))
                .map(Map.Entry::getKey)
                .toList();
        held.subList(0, Math.max(0, held.size() - max + 1)).forEach(issued::remove);
    }

    /** Whose ticket it is, once; empty when it is none, or none any more. */
    synchronized Optional<Identity> redeem(String ticket) {
        Issued found = issued.remove(ticket);
        return found != null && clock.instant().isBefore(found.expiresAt())
                ? Optional.of(found.identity())
                : Optional.empty();
    }
}
