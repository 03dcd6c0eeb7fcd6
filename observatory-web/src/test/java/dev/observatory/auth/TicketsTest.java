package dev.observatory.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.auth.Tickets.Ticket;
import dev.observatory.auth.token.Identity;
import dev.observatory.auth.token.NamePatterns;
import dev.observatory.auth.token.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A ticket")
class TicketsTest {

    private static final Identity ANN = user("ann");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
    private final Tickets tickets = new Tickets(Duration.ofSeconds(30), 3, Duration.ofSeconds(5), new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    });

    private static Identity user(String name) {
        return new Identity(name, Set.of(Role.READ), NamePatterns.ANY, NamePatterns.ANY, Optional.empty());
    }

    private Ticket issue() {
        return tickets.issue(ANN);
    }

    @Test
    @DisplayName("is good once, for who got it")
    void isGoodOnce() {
        Ticket ticket = issue();

        assertThat(tickets.redeem(ticket.ticket())).contains(ANN);
        assertThat(tickets.redeem(ticket.ticket())).isEmpty();
    }

    @Test
    @DisplayName("is over after its time, which is told")
    void isOver() {
        Ticket ticket = issue();
        assertThat(ticket.expiresAt()).isEqualTo(now.get().plusSeconds(30));

        now.set(ticket.expiresAt());

        assertThat(tickets.redeem(ticket.ticket())).isEmpty();
    }

    @Test
    @DisplayName("is good until its time is over")
    void isGoodUntilThen() {
        Ticket ticket = issue();

        now.set(ticket.expiresAt().minusMillis(1));

        assertThat(tickets.redeem(ticket.ticket())).contains(ANN);
    }

    @Test
    @DisplayName("is void when its user has newer ones and too many, which others' do not touch")
    void isOneOfFew() {
        Ticket oldest = issue();
        Ticket second = issue();
        Ticket others = tickets.issue(user("bob"));
        issue();
        Ticket newest = issue();

        assertThat(tickets.redeem(oldest.ticket())).isEmpty();
        assertThat(tickets.redeem(second.ticket())).contains(ANN);
        assertThat(tickets.redeem(newest.ticket())).contains(ANN);
        assertThat(tickets.redeem(others.ticket())).isPresent();
    }

    @Test
    @DisplayName("is not good for longer than the token that it was made for")
    void endsWithItsToken() {
        Instant expiry = now.get().plusSeconds(10);
        Ticket ticket = tickets.issue(
                new Identity("ann", Set.of(Role.READ), NamePatterns.ANY, NamePatterns.ANY, Optional.of(expiry)));

        assertThat(ticket.expiresAt()).isEqualTo(expiry.plusSeconds(5));
        now.set(expiry.plusSeconds(5));
        assertThat(tickets.redeem(ticket.ticket())).isEmpty();
    }

    @Test
    @DisplayName("that nobody made is none")
    void isMade() {
        issue();

        assertThat(tickets.redeem("")).isEmpty();
        assertThat(tickets.redeem("x".repeat(43))).isEmpty();
    }

    @Test
    @DisplayName("cannot be guessed from others, and needs no escape in an address")
    void isRandom() {
        Ticket one = issue();
        Ticket other = issue();

        assertThat(one.ticket()).isNotEqualTo(other.ticket()).matches("[A-Za-z0-9_-]{43}");
    }
}
