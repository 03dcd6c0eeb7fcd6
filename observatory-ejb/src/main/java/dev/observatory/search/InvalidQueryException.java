package dev.observatory.search;

import jakarta.ejb.ApplicationException;

/** What is asked for cannot be searched for; the message says why, in words for whoever asked. */
@ApplicationException
public final class InvalidQueryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidQueryException(String message) {
        super(message);
    }
}
