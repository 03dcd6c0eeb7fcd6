package dev.observatory.system;

import dev.observatory.conversation.ConversationStore;
import dev.observatory.conversation.StoreUnavailableException;
import dev.observatory.watch.TranscriptWatcher;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Whether what is read can be kept. Whoever writes knows that best, and is asked first: a database on a full disk answers
 * every question. While nothing is written the database is asked itself.
 */
@ApplicationScoped
public class DatabaseComponent implements Component {

    @EJB
    TranscriptWatcher watcher;

    @Inject
    ConversationStore store;

    @Override
    public String name() {
        return "database";
    }

    @Override
    public Diagnosis check() {
        return diagnose(watcher.status().storeTrouble(), store);
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
