package dev.observatory.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** Puts all resources below {@code /api}, out of the way of what servers themselves offer at the root. */
@ApplicationPath("/api")
public class Api extends Application {

    /** Jersey, of Payara, would publish a description of its own making. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
