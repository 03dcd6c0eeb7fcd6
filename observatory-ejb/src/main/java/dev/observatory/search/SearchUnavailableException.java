package dev.observatory.search;

import jakarta.ejb.ApplicationException;

/** Nothing can be searched at present: the index is not open yet, in use by another process, or the store is away. */
@ApplicationException
public final class SearchUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SearchUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
