package dev.observatory.journal;

/** Another process has opened the store of the journal, which so is not this one's any more. */
public final class JournalTakenException extends JournalStoreException {

    private static final long serialVersionUID = 1L;

    public JournalTakenException() {
        super("another process has taken the journal of this database", null);
    }
}
