package dev.observatory.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Has Payara take the streams of its answers away from connections that have ended. It uses the objects behind an answer
 * again for the next one; what is sent by a WebSocket session that has not heard of its end yet goes out to whoever has
 * them then, into the middle of another client's handshake. With its "scope" enforced, as it is under a security manager,
 * the stream that the session still holds leads nowhere. Does nothing on other servers.
 *
 * <p>There is no setting for it, but the server's class has a public switch, which is for the whole server.
 */
@ApplicationScoped
public class PayaraRecycling {

    private static final Logger LOG = System.getLogger(PayaraRecycling.class.getName());

    private static final String RESPONSE = "org.apache.catalina.connector.Response";

    void deployed(@Observes @Initialized(ApplicationScoped.class) Object application) {
        if (!Payara.isServer()) {
            return;
        }
        try {
            Class.forName(RESPONSE, true, Thread.currentThread().getContextClassLoader())
                    .getMethod("setEnforceScope", boolean.class)
                    .invoke(null, true);
            LOG.log(Level.DEBUG, "the streams of connections that have ended lead nowhere");
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "this server uses the streams of ended connections again, and cannot be told to take them away"
                            + " before: under load a frame may reach another client than the one it was for",
                    e);
        }
    }
}
