package dev.observatory.journal;

import dev.observatory.message.Message;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A journal in memory with a store behind it, from the start to the end of the application. Thread-safe. */
final class StoredJournal implements AutoCloseable {

    private static final Logger LOG = System.getLogger(StoredJournal.class.getName());

    /** Between the first tries to reach the store. */
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final RingJournal journal;
    private final StoreCopy copy;
    private final JournalWriter writer;
    private final Thread thread;
    private final Duration stopTimeout;

    /**
     * Waits for the store as long as the configuration says, and begins.
     *
     * @param announcer hears of every message, one at a time and in order; it must not block
     */
    StoredJournal(
            JsonEncoder encoder,
            Consumer<Message> announcer,
            Clock clock,
            JournalConfig config,
            JournalStore store,
            ThreadFactory threads) {
        stopTimeout = config.store().stopTimeout();
        copy = new StoreCopy(store, config.store(), clock);
        JournalStart start = new JournalStart(encoder, announcer, clock, config, store, copy, PAUSE);
        writer = new JournalWriter(start, store, copy, clock);
        thread = threads.newThread(writer);
        thread.setName("observatory-journal");
        thread.start();
        journal = start.await(config.store().startTimeout());
    }

    Journal journal() {
        return journal;
    }

    /** How the writing behind goes. */
    JournalStatus status() {
        JournalStoreException trouble = writer.trouble();
        return new JournalStatus(
                writer.checkedAt(),
                trouble == null ? null : trouble.getMessage(),
                trouble instanceof JournalTakenException,
                journal.pos(),
                copy.writtenTo(),
                journal.messages(),
                journal.bytes(),
                journal.channels(),
                journal.oustedEver(),
                journal.oustedAt());
    }

    /** Takes no more messages, and writes those that are left. */
    @Override
    public void close() {
        long end = System.nanoTime() + stopTimeout.toNanos();
        journal.close(stopTimeout);
        writer.stop();
        try {
            // 0 would be for ever
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            if (thread.isAlive()) {
                LOG.log(Level.WARNING, "The journal is not written to its end, the next start begins anew");
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
