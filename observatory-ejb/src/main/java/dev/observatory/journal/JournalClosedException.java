package dev.observatory.journal;

/** The application ends, and the journal takes no more messages: its last number is what the next start goes on with. */
public final class JournalClosedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public JournalClosedException() {
        super("the journal is closed");
    }
}
