package dev.observatory.auth;

import jakarta.servlet.http.HttpServletRequest;

/** Finds out whose a request is, or why it is refused. Thread-safe; may block while keys of tokens are fetched. */
interface AccessPolicy {

    Decision decide(HttpServletRequest request);
}
