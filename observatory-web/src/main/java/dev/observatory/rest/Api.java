package dev.observatory.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Puts all resources below {@code /api}, out of the way of what servers themselves offer at the root. */
@ApplicationPath("/api")
public class Api extends Application {}
