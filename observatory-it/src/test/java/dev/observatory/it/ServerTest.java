package dev.observatory.it;

import java.net.URL;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test against the running server. After each one the server must have let go of everything. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
abstract class ServerTest {

    @ArquillianResource
    URL base;

    Server server;

    @BeforeEach
    void enter() {
        server = new Server(base);
    }

    @AfterEach
    void leave() {
        server.close();
    }
}
