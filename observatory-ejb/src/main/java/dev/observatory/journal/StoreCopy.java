package dev.observatory.journal;

import dev.observatory.journal.JournalStore.Block;
import dev.observatory.journal.JournalStore.KeptDraft;
import dev.observatory.message.Message;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The copy of the newest messages in the store: a range without a hole. When a message could not be written before it
 * left the memory, what was written before it is given up, so that nothing is ever missing in the middle in silence.
 *
 * <p>Everybody may read; one thread, which writes behind, does the rest.
 */
final class StoreCopy implements Behind {

    private static final Logger LOG = System.getLogger(StoreCopy.class.getName());

    private final JournalStore store;
    private final Clock clock;
    private final StoreRetention retention;

    /** Whether the store is this epoch's. Written by the writing thread. */
    private volatile boolean isJoined;

    /** Written by the writing thread. */
    private volatile PosRange promised = PosRange.EMPTY;

    /** Written by the writing thread. */
    private volatile long writtenTo;

    /** Whether the last attempt to write failed: then nobody who sends waits for the next, which is the thread's. */
    private volatile boolean isAway;

    StoreCopy(JournalStore store, JournalConfig.Store config, Clock clock) {
        this.store = store;
        this.clock = clock;
        retention = new StoreRetention(config);
    }

    /** Goes on with what the run before has written. */
    void goOn(JournalImage image) {
        image.blocks().forEach(retention::add);
        promised = image.promised();
        writtenTo = image.promised().to();
        isJoined = true;
    }

    /** The store is empty, and for this epoch. */
    void joined() {
        isJoined = true;
    }

    /** The store is another's. */
    void leave() {
        isJoined = false;
        promised = PosRange.EMPTY;
    }

    boolean isJoined() {
        return isJoined;
    }

    /** The pos of the last message that was written. */
    long writtenTo() {
        return writtenTo;
    }

    List<BlockMark> blocks() {
        return retention.blocks();
    }

    @Override
    public PosRange promised() {
        return promised;
    }

    @Override
    public boolean keep(EncodedDraft draft) {
        if (!isJoined || isAway) {
            return false;
        }
        try {
            write(draft);
            return true;
        } catch (JournalStoreException e) {
            LOG.log(Level.DEBUG, "a message for those who come later is written later", e);
            return false;
        }
    }

    @Override
    public void forget(EncodedDraft draft) {
        try {
            store.forget(Instant.EPOCH, List.of(draft.id()));
        } catch (JournalStoreException away) {
            LOG.log(Level.WARNING, "The message {0} was refused, but the next start will tell it", draft.id());
        }
    }

    /** Writes a draft that is for those who come later, too. */
    void write(EncodedDraft draft) {
        byte[] data = MessageFormat.writeDraft(draft);
        writing(() -> store.keep(new KeptDraft(draft.id(), draft.at(), draft.expiresAt(), data)));
    }

    private void writing(Runnable work) {
        try {
            work.run();
            isAway = false;
        } catch (JournalStoreException e) {
            isAway = true;
            throw e;
        }
    }

    /** Writes the oldest messages that are not written yet. */
    void write(List<Message> messages) {
        long first = messages.get(0).pos();
        long last = messages.get(messages.size() - 1).pos();
        if (first != writtenTo + 1 || promised.isEmpty()) {
            promised = PosRange.EMPTY;
            store.drop(first - 1);
            retention.drop(first - 1);
        }
        byte[] data = MessageFormat.write(messages);
        writing(() -> store.write(new Block(first, last, data)));
        retention.add(BlockMark.of(messages));
        promised = new PosRange(promised.isEmpty() ? first : promised.from(), last);
        writtenTo = last;
        dropExcess();
    }

    /** Lets go of what is too much or too old. */
    void dropExcess() {
        long excess = retention.excess(clock.instant());
        if (excess > 0) {
            promised = new PosRange(Math.max(excess + 1, promised.from()), promised.to());
            store.drop(excess);
            retention.drop(excess);
        }
    }

    @Override
    public Map<Long, Message> read(List<Numbered> wanted) {
        Map<Long, Message> found = new HashMap<>();
        try {
            int next = 0;
            while (next < wanted.size()) {
                next = promised.contains(wanted.get(next).pos()) ? readBlock(wanted, next, found) : next + 1;
            }
        } catch (JournalStoreException away) {
            LOG.log(Level.DEBUG, "what lies behind the memory of the journal cannot be read now", away);
        } catch (IllegalStateException damaged) {
            LOG.log(Level.WARNING, "what lies behind the memory of the journal cannot be read", damaged);
        }
        return found;
    }

    /** @return the index of the first message behind the block */
    private int readBlock(List<Numbered> wanted, int from, Map<Long, Message> found) {
        Block block = store.blockAt(wanted.get(from).pos()).orElse(null);
        if (block == null || block.first() > wanted.get(from).pos()) {
            return from + 1;
        }
        List<Message> messages = MessageFormat.read(block.data());
        int next = from;
        while (next < wanted.size() && wanted.get(next).pos() <= block.last()) {
            long pos = wanted.get(next).pos();
            found.put(pos, messages.get((int) (pos - block.first())));
            next++;
        }
        return next;
    }

    /** The drafts in the store that are still for those who come later. */
    List<KeptDraft> drafts() {
        Instant now = clock.instant();
        return store.drafts().stream()
                .filter(kept -> kept.expiresAt().isAfter(now))
                .toList();
    }

    /** Reads a draft; empty when it is damaged. */
    static Optional<EncodedDraft> draft(KeptDraft kept) {
        try {
            return Optional.of(MessageFormat.readDraft(kept.data()));
        } catch (IllegalStateException damaged) {
            LOG.log(Level.WARNING, "a message that was kept cannot be read any more", damaged);
            return Optional.empty();
        }
    }
}
