package dev.observatory.system;

import dev.observatory.watch.TranscriptWatcher;
import dev.observatory.watch.WatchStatus;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.StringJoiner;

/** Whether the transcripts are watched. That it waits for the database is that one's trouble, and told as a detail. */
@ApplicationScoped
public class WatcherComponent implements Component {

    /** It shows a sign of life each second, but may wait for the database's time-outs or a slow disk. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @EJB
    TranscriptWatcher watcher;

    @Override
    public String name() {
        return "watcher";
    }

    @Override
    public Diagnosis check() {
        return diagnose(watcher.status(), Instant.now());
    }

    static Diagnosis diagnose(WatchStatus status, Instant now) {
        if (status.checkedAt().plus(PATIENCE).isBefore(now)) {
            return Diagnosis.unavailable("It has shown no sign of life since " + status.checkedAt());
        }
        return Diagnosis.ok(remarks(status));
    }

    private static String remarks(WatchStatus status) {
        if (!status.storeAvailable()) {
            return "waits for the database";
        }
        StringJoiner remarks = new StringJoiner("; ");
        status.roots().stream()
                .filter(root -> !root.present())
                .forEach(root -> remarks.add(root.path() + " does not exist"));
        if (status.unreadableFiles() > 0) {
            remarks.add("files that cannot be read: " + status.unreadableFiles());
        }
        return remarks.length() == 0 ? null : remarks.toString();
    }
}
