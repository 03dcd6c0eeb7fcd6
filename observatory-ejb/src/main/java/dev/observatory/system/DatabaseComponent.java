package dev.observatory.system;

import dev.observatory.conversation.ConversationStore;
import dev.observatory.conversation.StoreUnavailableException;
import dev.observatory.journal.JournalLifecycle;
import dev.observatory.journal.JournalStatus;
import dev.observatory.watch.TranscriptWatcher;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Whether what is read can be kept. Those who write know that best, and are asked first: a database on a full disk answers
 * every question. While nothing is written the database is asked itself.
 */
@ApplicationScoped
public class DatabaseComponent implements Component {

    @EJB
    TranscriptWatcher watcher;

    @EJB
    JournalLifecycle journal;

    @Inject
    ConversationStore store;

    @Override
    public String name() {
        return "database";
    }

    @Override
    public Diagnosis check() {
        String troubleOfWatcher = watcher.status().storeTrouble();
        return diagnose(troubleOfWatcher == null ? trouble(journal.status()) : troubleOfWatcher, store);
    }

    /** That another process has taken the journal is no trouble of the database. */
    private static String trouble(JournalStatus status) {
        return status.isTaken() ? null : status.trouble();
    }

    static Diagnosis diagnose(String troubleInWriting, ConversationStore store) {
        if (troubleInWriting != null) {
            return Diagnosis.unavailable(troubleInWriting);
        }
        try {
            store.check();
            return Diagnosis.ok(null);
        } catch (StoreUnavailableException away) {
            return Diagnosis.unavailable(away.getMessage());
        }
    }
}
