package dev.observatory.hub;

import dev.observatory.auth.token.Identity;
import dev.observatory.auth.token.NamePatterns;
import dev.observatory.auth.token.Role;
import dev.observatory.protocol.Endpoint;
import dev.observatory.protocol.Subprotocol;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Users for tests. */
final class People {

    /** May read everything. */
    static final Identity ANN =
            new Identity("ann", Set.of(Role.READ), NamePatterns.ANY, NamePatterns.ANY, Optional.empty());

    /** Conversation {@code s1} is in project {@code shop}, {@code b1} in {@code bank}; there are no others. */
    static final ProjectLookup PROJECTS = conversation -> switch (conversation) {
        case "s1" -> Optional.of("shop");
        case "b1" -> Optional.of("bank");
        default -> Optional.empty();
    };

    private People() {}

    static Identity seeing(String... projects) {
        return new Identity(
                "ann", Set.of(Role.READ), NamePatterns.ANY, new NamePatterns(List.of(projects)), Optional.empty());
    }

    static Identity reading(String... channels) {
        return new Identity(
                "ann", Set.of(Role.READ), new NamePatterns(List.of(channels)), NamePatterns.ANY, Optional.empty());
    }

    static Identity until(Instant expiry) {
        return new Identity("ann", Set.of(Role.READ), NamePatterns.ANY, NamePatterns.ANY, Optional.of(expiry));
    }

    static Client client(Identity identity, Subprotocol subprotocol) {
        return new Client(identity, Endpoint.CONSOLE, subprotocol, "127.0.0.1");
    }

    static Rights rights(Identity identity) {
        return new Rights(identity, PROJECTS, Duration.ofSeconds(60), Duration.ZERO);
    }
}
