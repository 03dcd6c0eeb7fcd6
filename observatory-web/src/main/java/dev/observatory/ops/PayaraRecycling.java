package dev.observatory.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Has Payara take its streams away from connections that have ended. It uses the objects behind a request again for the
 * next one; what is sent by a WebSocket session that has not heard of its end yet goes out to whoever has them then, into
 * the middle of another client's handshake. With its "scope" enforced, as it is under a security manager, the stream that
 * the session still holds leads nowhere. Does nothing on other servers.
 *
 * <p>There is no setting for it, but the server's classes have a public switch, which is for the whole server.
 */
@ApplicationScoped
public class PayaraRecycling {

    private static final Logger LOG = System.getLogger(PayaraRecycling.class.getName());

    private static final String CONNECTOR = "org.apache.catalina.connector.";

    void deployed(@Observes @Initialized(ApplicationScoped.class) Object application) {
        if (System.getProperty("com.sun.aas.instanceRoot") == null) {
            return;
        }
        try {
            enforceScope("Request");
            enforceScope("Response");
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "this server uses the streams of ended connections again, and cannot be told to take them away"
                            + " before: under load a frame may reach another client than the one it was for",
                    e);
        }
    }

    private static void enforceScope(String name) throws ReflectiveOperationException {
        Class.forName(CONNECTOR + name, true, Thread.currentThread().getContextClassLoader())
                .getMethod("setEnforceScope", boolean.class)
                .invoke(null, true);
        LOG.log(Level.DEBUG, "{0} objects of ended connections are cleared", name);
    }
}
