package dev.observatory.hub;

import dev.observatory.auth.token.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a connection's user may see now, and until when. Confined to the connection's loop. */
final class Rights {

    /** What is to be done now. */
    enum Due {
        NOTHING,
        /** The client is to be told that its token ends soon. */
        NOTICE,
        /** The token is not good any more. */
        CLOSE
    }

    private final ProjectLookup projects;
    private final Duration notice;
    private final Duration leeway;
    private Visibility visibility;
    private boolean noticed;

    /**
     * @param notice how long before its token ends the client is told
     * @param leeway for how long after that the token is still good
     */
    Rights(Identity identity, ProjectLookup projects, Duration notice, Duration leeway) {
        this.projects = projects;
        this.notice = notice;
        this.leeway = leeway;
        this.visibility = new Visibility(identity, projects);
    }

    Visibility visibility() {
        return visibility;
    }

    /** When the token ends; empty when it does not. */
    Optional<Instant> expiry() {
        return visibility.identity().expiry();
    }

    /** The user has shown another token. */
    void renew(Identity identity) {
        visibility = new Visibility(identity, projects);
        noticed = false;
    }

    /** Tells of each token once that it ends soon. */
    Due due(Instant now) {
        Optional<Instant> expiry = expiry();
        if (expiry.isEmpty()) {
            return Due.NOTHING;
        }
        if (!now.isBefore(expiry.get().plus(leeway))) {
            return Due.CLOSE;
        }
        if (noticed || now.isBefore(expiry.get().minus(notice))) {
            return Due.NOTHING;
        }
        noticed = true;
        return Due.NOTICE;
    }
}
