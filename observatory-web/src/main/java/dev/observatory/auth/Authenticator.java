package dev.observatory.auth;

import dev.observatory.auth.token.TokenVerifier;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Knows how people prove who they are, as it was set up. Thread-safe. */
@ApplicationScoped
public class Authenticator {

    private static final Logger LOG = System.getLogger(Authenticator.class.getName());

    @Inject
    Config config;

    @Resource
    ManagedExecutorService background;

    private Optional<TokenVerifier> verifier;
    private Tickets tickets;
    private Origins origins;
    private AccessPolicy policy;

    @PostConstruct
    void start() {
        AccessSettings settings = AccessSettings.from(config);
        verifier = TokenVerifier.from(config, Clock.systemUTC(), background);
        Duration leeway = verifier.map(TokenVerifier::leeway).orElse(Duration.ZERO);
        tickets = new Tickets(settings.ticketLife(), settings.maxTickets(), leeway, Clock.systemUTC());
        origins = settings.origins(verifier.isEmpty());
        policy = verifier.<AccessPolicy>map(tokens -> new TokenPolicy(tokens::verify, tickets, settings.publicHealth()))
                .orElseGet(LocalPolicy::new);
    }

    /** Being called starts it with the application, so that a wrong setting stops the deployment. */
    void deployed(@Observes @Initialized(ApplicationScoped.class) Object application) {
        LOG.log(Level.DEBUG, "requests are let in by {0}", policy.getClass().getSimpleName());
    }

    @Produces
    @Singleton
    Tickets tickets() {
        return tickets;
    }

    /** What says whose a token is; empty when none is accepted. */
    @Produces
    @Singleton
    Optional<TokenVerifier> verifier() {
        return verifier;
    }

    /** Whether pages of that origin may read what is answered. */
    boolean isListed(String origin) {
        return origins.isListed(origin);
    }

    /** Whose a request is. May block while keys of tokens are fetched. */
    Decision decide(HttpServletRequest request) {
        if (!HttpRequests.hasReadableQuery(request)) {
            return HttpRefusal.of(400, "the query of the address is not percent-encoded as it should be");
        }
        if (!origins.allow(request.getHeader("Origin"))) {
            return HttpRefusal.of(
                    403, "pages of this origin are not served: observatory.auth.origins lists those that are");
        }
        return ContainerUser.of(request).orElseGet(() -> policy.decide(request));
    }
}
