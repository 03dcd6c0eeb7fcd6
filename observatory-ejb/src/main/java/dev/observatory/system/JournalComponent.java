package dev.observatory.system;

import dev.observatory.journal.JournalLifecycle;
import dev.observatory.journal.JournalStatus;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.StringJoiner;

/**
 * Whether the journal outlives a restart: it goes on in memory whatever happens to its store. That it waits for the
 * database is that one's trouble, and told as a detail. That it had no room for what it had promised to keep is its own.
 */
@ApplicationScoped
public class JournalComponent implements Component {

    /** It shows a sign of life each second, but may wait for the database's time-outs. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** For so long it is told that messages had to go: an alert that comes and goes with each would help nobody. */
    private static final Duration OUSTING_TOLD = Duration.ofMinutes(5);

    @EJB
    JournalLifecycle journal;

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public Diagnosis check() {
        return diagnose(journal.status(), Instant.now());
    }

    static Diagnosis diagnose(JournalStatus status, Instant now) {
        if (status.isTaken()) {
            return Diagnosis.degraded("It is only in memory: " + status.trouble());
        }
        if (status.checkedAt().plus(PATIENCE).isBefore(now)) {
            return Diagnosis.degraded("It is only in memory: nothing has been written since " + status.checkedAt());
        }
        StringJoiner remarks = new StringJoiner("; ");
        if (status.trouble() != null) {
            remarks.add("waits for the database");
        }
        if (status.ousted() > 0) {
            remarks.add("messages that went before they expired, for want of room: " + status.ousted());
        }
        if (status.oustedAt() != null && status.oustedAt().plus(OUSTING_TOLD).isAfter(now)) {
            return Diagnosis.degraded(remarks.toString());
        }
        return Diagnosis.ok(remarks.length() == 0 ? null : remarks.toString());
    }
}
