package dev.observatory.journal;

import dev.observatory.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A journal with a store behind it, from a start to an end, whose thread is the test's own. */
final class JournalRun {

    private static final JsonEncoder ENCODER = new JsonEncoder();

    final List<Message> announced = new ArrayList<>();
    final StoreCopy copy;
    final RingJournal journal;
    private final JournalWriter writer;

    JournalRun(JournalConfig config, JournalStore store, ManualClock clock) {
        copy = new StoreCopy(store, config.store(), clock);
        JournalStart start = new JournalStart(ENCODER, announced::add, clock, config, store, copy, Duration.ZERO);
        writer = new JournalWriter(start, store, copy, clock);
        journal = writer.begin();
    }

    /** Writes behind until there is nothing more to write, or it does not work. */
    void write() {
        while (writer.step().isZero()) {
            // as the thread does
        }
    }

    /** Writes a block, if it works and there is one. */
    void writeBlock() {
        writer.step();
    }

    String trouble() {
        return writer.trouble() == null ? null : writer.trouble().getMessage();
    }

    void close() {
        close(Duration.ZERO);
    }

    /** @param patience how long those are waited for that are being kept */
    void close(Duration patience) {
        journal.close(patience);
        writer.end();
    }
}
