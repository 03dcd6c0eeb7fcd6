package dev.observatory.journal;

/** The store of the journal cannot be used now. Its message says why, for an operator. */
public class JournalStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JournalStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
