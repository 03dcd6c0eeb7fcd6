package dev.observatory.ops;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.eclipse.microprofile.config.Config;

/** Says at the start where to look. */
@WebListener
public class StartupNotice implements ServletContextListener {

    private static final Logger LOG = System.getLogger(StartupNotice.class.getName());

    @Inject
    Config config;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        String path = event.getServletContext().getContextPath() + "/";
        ServerPort.find(config)
                .ifPresentOrElse(
                        port -> LOG.log(Level.INFO, "Observatory is at http://localhost:" + port + path),
                        () -> LOG.log(Level.INFO, "Observatory is at " + path + " of this server"));
    }
}
