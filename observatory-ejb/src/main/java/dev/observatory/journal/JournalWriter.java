package dev.observatory.journal;

import dev.observatory.message.Message;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The thread that writes behind the journal. It takes from the journal's memory what is not written yet, so it needs
 * none of its own, however far behind it is; what leaves the memory first is a hole, and known to be one.
 */
final class JournalWriter implements Runnable {

    private static final Logger LOG = System.getLogger(JournalWriter.class.getName());

    /** Nothing is lost by waiting: without an orderly end the copy is of no use to the next start. */
    private static final Duration POLL = Duration.ofMillis(250);

    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);
    private static final Duration TIDY = Duration.ofMinutes(1);

    private static final int BLOCK_MESSAGES = 4096;
    private static final long BLOCK_BYTES = 1 << 20;

    private final JournalStart start;
    private final JournalStore store;
    private final StoreCopy copy;
    private final Clock clock;
    private final CountDownLatch stopping = new CountDownLatch(1);

    private volatile Instant checkedAt;

    /** Null while all is well. */
    private volatile JournalStoreException trouble;

    // of the thread
    private RingJournal journal;
    private Instant tidied = Instant.MIN;
    private final List<String> ousted = new ArrayList<>();

    JournalWriter(JournalStart start, JournalStore store, StoreCopy copy, Clock clock) {
        this.start = start;
        this.store = store;
        this.copy = copy;
        this.clock = clock;
        checkedAt = clock.instant();
    }

    @Override
    public void run() {
        begin();
        try {
            Duration pause = Duration.ZERO;
            while (!stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                pause = step();
            }
            end();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return the journal that is written behind from now on */
    RingJournal begin() {
        journal = start.askStore();
        return journal;
    }

    /** Lets the thread write what is left, and end. */
    void stop() {
        stopping.countDown();
    }

    Instant checkedAt() {
        return checkedAt;
    }

    /** Null while all is well. */
    JournalStoreException trouble() {
        return trouble;
    }

    /** @return how long to rest */
    Duration step() {
        checkedAt = clock.instant();
        if (trouble instanceof JournalTakenException) {
            return AFTER_TROUBLE;
        }
        try {
            boolean isMore = write();
            trouble = null;
            return isMore ? Duration.ZERO : POLL;
        } catch (JournalTakenException taken) {
            copy.leave();
            journal.leaveStore();
            ousted.clear();
            LOG.log(Level.WARNING, "The journal stays in memory from now on: {0}", taken.getMessage());
            trouble = taken;
        } catch (JournalStoreException away) {
            trouble = away;
        } catch (JournalClosedException end) {
            return POLL;
        } catch (RuntimeException fault) {
            LOG.log(Level.ERROR, "writing behind the journal failed", fault);
            trouble = new JournalStoreException("writing behind the journal failed: " + fault, fault);
        }
        return AFTER_TROUBLE;
    }

    /** @return whether there is more to write */
    private boolean write() {
        if (!copy.isJoined()) {
            start.joinLater(journal);
        }
        writeKept();
        boolean isMore = writeBlock();
        if (!isMore && !clock.instant().isBefore(tidied.plus(TIDY))) {
            tidied = clock.instant();
            tidy();
        }
        return isMore;
    }

    private void writeKept() {
        for (Map.Entry<Long, EncodedDraft> kept : journal.unwrittenKept().entrySet()) {
            copy.write(kept.getValue());
            journal.keptIsWritten(kept.getKey(), kept.getValue());
        }
    }

    private boolean writeBlock() {
        List<Message> messages = journal.behind(copy.writtenTo(), BLOCK_MESSAGES, BLOCK_BYTES);
        if (!messages.isEmpty()) {
            copy.write(messages);
        }
        return !messages.isEmpty();
    }

    private void tidy() {
        copy.dropExcess();
        ousted.addAll(journal.takeOusted());
        store.forget(clock.instant(), ousted);
        ousted.clear();
    }

    /** Writes what is left, and that it is all. */
    void end() {
        if (!copy.isJoined() || trouble instanceof JournalTakenException) {
            return;
        }
        try {
            writeKept();
            while (writeBlock()) {
                checkedAt = clock.instant();
            }
            // or the next start would tell of them anew
            tidy();
            store.close(ImageFormat.write(journal.image(copy.promised(), copy.blocks())));
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "The journal is not written to its end, the next start begins anew: " + e.getMessage());
        }
    }
}
