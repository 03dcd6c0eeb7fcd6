package dev.observatory.ops;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import javax.management.JMException;
import javax.management.ObjectName;
import org.eclipse.microprofile.config.Config;

/** The port of the server's HTTP listener, which no standard of Jakarta EE tells before a request has come. */
final class ServerPort {

    private ServerPort() {}

    /** The port, from whatever this server offers; empty where it offers nothing. */
    static Optional<String> find(Config config) {
        return config.getOptionalValue("payara.instance.http.port", String.class)
                .or(ServerPort::ofWildFly);
    }

    private static Optional<String> ofWildFly() {
        try {
            Object port = ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(
                            new ObjectName("jboss.as:socket-binding-group=standard-sockets,socket-binding=http"),
                            "boundPort");
            return Optional.ofNullable(port).map(Object::toString);
        } catch (JMException e) {
            return Optional.empty();
        }
    }
}
