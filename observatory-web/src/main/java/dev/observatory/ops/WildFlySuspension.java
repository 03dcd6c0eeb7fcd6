package dev.observatory.ops;

import dev.observatory.hub.ConnectionManager;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import javax.management.AttributeChangeNotification;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.Notification;
import javax.management.NotificationListener;
import javax.management.ObjectName;

/**
 * Hears from WildFly that it is being suspended, as it is before it stops too. WildFly closes all WebSocket sessions
 * then, before any application is told; but it tells by JMX first, and waits for who listens. Does nothing on other
 * servers.
 */
@ApplicationScoped
public class WildFlySuspension {

    private static final Logger LOG = System.getLogger(WildFlySuspension.class.getName());

    private static final String STATE = "jboss.root:type=state";

    @Inject
    ConnectionManager manager;

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final NotificationListener listener = (notification, handback) -> changed(notification);

    void listen(@Observes @Initialized(ApplicationScoped.class) Object application) {
        try {
            server.addNotificationListener(new ObjectName(STATE), listener, null, null);
        } catch (InstanceNotFoundException e) {
            LOG.log(Level.DEBUG, "this server does not tell that it is being suspended");
        } catch (JMException e) {
            LOG.log(Level.WARNING, "clients will not be told when the server stops", e);
        }
    }

    @PreDestroy
    void stop() {
        try {
            server.removeNotificationListener(new ObjectName(STATE), listener);
        } catch (JMException e) {
            LOG.log(Level.DEBUG, "nobody was listened to", e);
        }
    }

    private void changed(Notification notification) {
        if (notification instanceof AttributeChangeNotification change
                && change.getAttributeName().equals("RunningState")) {
            String state = String.valueOf(change.getNewValue());
            if (state.equalsIgnoreCase("suspending")) {
                manager.sendAway();
            } else if (state.equalsIgnoreCase("normal")) {
                manager.accept();
            }
        }
    }
}
