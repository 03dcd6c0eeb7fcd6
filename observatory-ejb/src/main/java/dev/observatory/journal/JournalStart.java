package dev.observatory.journal;

import dev.observatory.journal.JournalStore.KeptDraft;
import dev.observatory.journal.JournalStore.Left;
import dev.observatory.message.Message;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * How a journal comes to be: it goes on with what the run before has left in order, or else begins an epoch. A store
 * that does not answer in time is joined later. Thread-safe.
 */
final class JournalStart {

    private static final Logger LOG = System.getLogger(JournalStart.class.getName());

    /** A store that was there a moment ago may be so again in a moment, and then the epoch need not end. */
    private static final int TRIES = 3;

    private final JsonEncoder encoder;
    private final Consumer<Message> announcer;
    private final Clock clock;
    private final JournalConfig config;
    private final JournalStore store;
    private final StoreCopy copy;
    private final Duration pause;

    /** Whether it is decided what journal it is: by the store, or because that took too long. */
    private final AtomicBoolean isDecided = new AtomicBoolean();

    private final CompletableFuture<RingJournal> journal = new CompletableFuture<>();

    /** @param pause how long is waited between the tries to reach the store */
    JournalStart(
            JsonEncoder encoder,
            Consumer<Message> announcer,
            Clock clock,
            JournalConfig config,
            JournalStore store,
            StoreCopy copy,
            Duration pause) {
        this.encoder = encoder;
        this.announcer = announcer;
        this.clock = clock;
        this.config = config;
        this.store = store;
        this.copy = copy;
        this.pause = pause;
    }

    /** Asks the store, on the thread that may wait for it. */
    RingJournal askStore() {
        for (int tries = 1; !isDecided.get(); tries++) {
            try {
                beginWithStore();
            } catch (JournalStoreException away) {
                LOG.log(Level.DEBUG, "the journal''s store does not answer: {0}", away.getMessage());
                if (tries == TRIES || !pause()) {
                    decideWithoutStore();
                }
            } catch (RuntimeException fault) {
                LOG.log(Level.ERROR, "the journal cannot begin with its store", fault);
                decideWithoutStore();
            }
        }
        return journal.join();
    }

    private void beginWithStore() {
        // first, since the epoch would be lost with anything that failed behind it: what was left is taken away by open
        List<KeptDraft> drafts = copy.drafts();
        Left left = store.open().orElse(null);
        JournalImage image = left == null ? null : image(left);
        RingJournal found = image == null ? fresh() : goingOn(left.epoch(), image);
        if (image == null) {
            store.begin(found.epoch());
        }
        // nobody listens yet: whoever comes later asks for what is kept
        appendKept(found, drafts, message -> {});
        if (isDecided.compareAndSet(false, true)) {
            if (image == null) {
                copy.joined();
            } else {
                copy.goOn(image);
            }
            LOG.log(Level.DEBUG, "the journal''s epoch {0} {1}", found.epoch(), image == null ? "begins" : "goes on");
            journal.complete(found);
        }
    }

    private boolean pause() {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits for the store so long, then goes on without. */
    RingJournal await(Duration patience) {
        try {
            return journal.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            LOG.log(Level.WARNING, "The store of the journal has not answered for {0}; the start goes on", patience);
            decideWithoutStore();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            decideWithoutStore();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
        return journal.join();
    }

    /**
     * Makes the store that of a journal which has begun without it.
     *
     * @throws JournalStoreException when it is still away
     */
    void joinLater(RingJournal running) {
        store.open();
        store.begin(running.epoch());
        appendKept(running, copy.drafts(), announcer);
        copy.joined();
    }

    private void decideWithoutStore() {
        if (isDecided.compareAndSet(false, true)) {
            journal.complete(fresh());
        }
    }

    private RingJournal fresh() {
        return new RingJournal(encoder, announcer, clock, config, copy);
    }

    private RingJournal goingOn(String epoch, JournalImage image) {
        return new RingJournal(encoder, announcer, clock, config, copy, epoch, image);
    }

    /** Null when it cannot be read: then what was left is as good as not left in order. */
    private JournalImage image(Left left) {
        try {
            return ImageFormat.read(left.image(), config.maxNumbers());
        } catch (IllegalStateException damaged) {
            LOG.log(Level.WARNING, "what the journal left cannot be read; a new epoch begins", damaged);
            return null;
        }
    }

    private static void appendKept(RingJournal to, List<KeptDraft> drafts, Consumer<Message> listener) {
        Set<String> known =
                to.kept((channel, views) -> true).stream().map(Message::draftId).collect(Collectors.toSet());
        drafts.stream()
                .filter(draft -> !known.contains(draft.id()))
                .flatMap(draft -> StoreCopy.draft(draft).stream())
                .forEach(draft -> to.appendAgain(draft, listener));
    }
}
